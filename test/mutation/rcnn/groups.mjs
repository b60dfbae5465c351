/** Groups of Goel, Kakade, Kalai and Zhang. */
const CERTIFICATES = [
  "test/mutants/rcnn/certificate-{claims,networks,shape,text}.test.ts",
  "test/unit/checkers/rcnn/check-certificate.test.ts",
];

export const RCNN_GROUPS = {
  definitions: {
    mutate: ["spec/rcnn/*.ts"],
    tests: [
      "test/unit/spec/rcnn/{alphabet,cell-code,cell-rule,configuration-code,grid,patch,readout,remarks,weight-set}.test.ts",
      "test/unit/amendments/rcnn/amendments.test.ts",
    ],
  },
  amendments: {
    mutate: ["amendments/*.ts", "amendments/rcnn/*.ts"],
    tests: ["test/unit/amendments/rcnn/{amendments,findings}.test.ts", "test/unit/spec/rcnn/remarks.test.ts"],
  },
  lemma5: {
    mutate: ["spec/rcnn/lemma5/*.ts", "amendments/rcnn/lemma5/*.ts"],
    tests: ["test/unit/spec/rcnn/lemma5/*.test.ts", "test/unit/amendments/rcnn/lemma5*.test.ts"],
  },
  tables: {
    mutate: ["checkers/rcnn/{gate-tables,first-half}.ts"],
    tests: [
      "test/unit/checkers/rcnn/{gate-tables,gate-tables-limits}.test.ts",
      "test/mutants/rcnn/check-function-shapes.test.ts",
    ],
  },
  letters: {
    mutate: ["checkers/rcnn/{letters,box,cell-set,patch-evaluator}.ts"],
    tests: ["test/unit/checkers/rcnn/{box,cell-set,letters,patch-evaluator}.test.ts"],
  },
  filter: {
    mutate: ["checkers/rcnn/check-function.ts"],
    tests: [
      "test/unit/checkers/rcnn/check-function.test.ts",
      "test/mutants/rcnn/check-function-{count,derivatives,gates,machines,shapes,single-patch}.test.ts",
    ],
  },
  enumeration: {
    mutate: ["checkers/rcnn/check-function-by-enumeration.ts"],
    tests: ["test/unit/checkers/rcnn/check-function-by-enumeration{,-corners}.test.ts"],
  },
  parts: {
    mutate: ["checkers/verdict.ts", "checkers/rcnn/{check-readout,check-replay,check-weights,decide-claims}.ts"],
    tests: [
      "test/unit/checkers/rcnn/{check-replay,check-weights,decide-claims,decide-claims-parts}.test.ts",
      "test/mutants/rcnn/check-readout.test.ts",
      "test/mutants/rcnn/check-{replay,weights}.test.ts",
    ],
  },
  step: {
    mutate: ["checkers/rcnn/check-step.ts"],
    tests: ["test/unit/checkers/rcnn/check-step.test.ts", "test/mutants/rcnn/check-step.test.ts"],
  },
  "hand-over": {
    mutate: ["checkers/rcnn/{check-hand-over,front}.ts"],
    tests: ["test/unit/checkers/rcnn/{check-hand-over,front}.test.ts", "test/unit/checkers/second/hand-over.test.ts"],
  },
  certificate: {
    mutate: ["checkers/rcnn/check-certificate.ts"],
    tests: CERTIFICATES,
  },
  statement: {
    mutate: ["checkers/rcnn/check-attestation.ts"],
    tests: ["test/unit/checkers/rcnn/check-attestation.test.ts"],
  },
  learning: {
    mutate: ["checkers/rcnn/check-learning.ts"],
    tests: ["test/unit/checkers/rcnn/{check-learning-claims,decide-learning-parts}.test.ts"],
  },
  recodings: {
    mutate: [
      "checkers/rcnn/{check-recoding,recoding-situations,recoding-target,replay-recoding,check-target-filters}.ts",
    ],
    tests: ["test/unit/checkers/rcnn/{check-recoding,check-target-filters}.test.ts"],
  },
  memorization: {
    mutate: ["checkers/rcnn/{check-memorization,memory-wave}.ts"],
    tests: [
      "test/unit/checkers/rcnn/{check-memorization,check-memorization-parts,check-memorization-patches,memory-wave}.test.ts",
    ],
  },
  replays: {
    mutate: ["checkers/rcnn/{network-replay,replay-training}.ts"],
    tests: ["test/unit/checkers/rcnn/{network-replay,network-replay-definition,replay-training}.test.ts"],
  },
  floats: {
    mutate: ["checkers/rcnn/{float-sums,float-bounds,dyadic-sum,univariate-tables}.ts"],
    tests: ["test/unit/checkers/rcnn/{float-bounds,float-sums,dyadic-sum,univariate-tables}.test.ts"],
  },
  second: {
    mutate: ["checkers/second/rcnn*.ts"],
    tests: ["test/unit/checkers/second/alone/*.test.ts"],
  },
  "weight-sets": {
    mutate: ["checkers/rcnn/check-lemma5.ts"],
    tests: ["test/mutants/rcnn/check-lemma5.test.ts"],
  },
};
