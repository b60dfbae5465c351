/** Groups of what all papers share. */
export const SHARED_GROUPS = {
  machines: {
    mutate: ["spec/machines/*.ts", "spec/exact/*.ts"],
    tests: ["test/unit/spec/{machines,exact}/*.test.ts", "test/property/spec/machines/*.test.ts"],
  },
  networks: {
    mutate: [
      "spec/networks/{network,table}.ts",
      "checkers/networks/{check-shape,check-table,common-denominator,integer-network,point-evaluator}.ts",
    ],
    tests: [
      "test/unit/spec/networks/{network,table}.test.ts",
      "test/unit/checkers/networks/*.test.ts",
      "test/mutants/networks/*.test.ts",
      "test/property/networks/point-evaluator.test.ts",
    ],
  },
  "second-text": {
    mutate: ["checkers/second/{check,network,sha-256,text}.ts"],
    tests: ["test/unit/checkers/second/alone/*.test.ts"],
  },
};
