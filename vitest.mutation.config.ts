import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The tests of one group of mutants: scripts/mutation.mjs names them. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: (process.env["MUTATION_TESTS"] ?? "").split(" "),
    testTimeout: 120_000,
    setupFiles: ["test/setup.ts"],
    runner: "test/mutation/runner.mjs",
  },
});
export default config;
