import { GROUPS } from "./test/mutation/groups.mjs";

/** One group of mutants; scripts/mutation.mjs sets its name and its tests. */
const group = process.env.MUTATION_GROUP ?? "machines";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: GROUPS[group].mutate,
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner", "./test/mutation/message-texts.mjs"],
  ignorers: ["message-texts"],
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  // Stryker would rewrite tsconfig.json for its copy with TypeScript's old API, which TypeScript 7 has not.
  tsconfigFile: "no-tsconfig.json",
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
  timeoutMS: 20_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 30,
  reporters: ["json"],
  jsonReporter: { fileName: `reports/mutation/${group}.json` },
  tempDirName: `.stryker-tmp/${group}`,
  // Stryker knows tests by their names, so it misses changes within them: a figure to be quoted is measured anew.
  incremental: process.env.MUTATION_INCREMENTAL === "1",
  incrementalFile: `reports/mutation/${group}-incremental.json`,
  ignorePatterns: ["dist", "docs", "bench", "audit", "reports", ".stryker-tmp"],
  allowEmpty: false,
  cleanTempDir: "always",
};
