import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Quick files first: a mutant is done with at the first test that notices it. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slowFirst = await super.sort(files);
    return slowFirst.toReversed();
  }
}

/** The tests of one group of mutants: scripts/mutation.mjs names them. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: (process.env["MUTATION_TESTS"] ?? "").split(" "),
    testTimeout: 120_000,
    globalSetup: ["test/temporary-folder.ts"],
    setupFiles: ["test/setup.ts"],
    runner: "test/mutation/runner.mjs",
    sequence: { sequencer: QuickFirst },
  },
});
export default config;
