/** Groups of Wei, Chen and Ma: what bounds margins, and what decides circuits and steps. */
export const WEI_CHEN_MA_GROUPS = {
  "decoder-margin": {
    mutate: ["checkers/wei-chen-ma/{decoder-margin,ones-of-formulas}.ts"],
    tests: ["test/unit/checkers/wei-chen-ma/decoder-margin.test.ts"],
  },
  "circuit-claims": {
    mutate: [
      "checkers/wei-chen-ma/{check-circuit,check-flip,check-margin,decide-circuit,margin-constants,theorem-d6}.ts",
    ],
    tests: ["test/unit/checkers/wei-chen-ma/margin.test.ts", "test/mutants/corpus-circuits.test.ts"],
  },
  "circuit-function": {
    mutate: ["checkers/wei-chen-ma/{check-correction,check-function,enumerate-inputs,literal-table,local-unit}.ts"],
    tests: ["test/unit/checkers/wei-chen-ma/kernels.test.ts", "test/mutants/corpus-circuits.test.ts"],
  },
  "decoder-step": {
    mutate: ["checkers/wei-chen-ma/{check-attention,check-formulas,check-step,decision-diagram,decoder-situation}.ts"],
    tests: [
      "test/unit/checkers/wei-chen-ma/{check-step,decision-diagram}.test.ts",
      "test/mutants/wei-chen-ma/{aimed,decoder}-forgeries.test.ts",
    ],
  },
  "decoder-claims": {
    mutate: ["checkers/wei-chen-ma/{check-decoder,check-decoder-flip,decide-decoder,decoder-claims,decoder-replay}.ts"],
    tests: ["test/mutants/corpus-decoders.test.ts", "test/mutants/wei-chen-ma/margin-forgeries.test.ts"],
  },
};
