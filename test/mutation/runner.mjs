/**
 * Runs tests as vitest does, but makes a failing test of a test file that cannot be loaded. Stryker looks at tests only: it
 * would count a mutant that throws while modules are loaded, so that no test runs at all, among the survivors.
 */
import { test, TestRunner } from "vitest";

export default class LoadingTestRunner extends TestRunner {
  async importFile(path, source) {
    try {
      return await super.importFile(path, source);
    } catch (error) {
      if (source !== "collect") throw error;
      test("should load", () => {
        throw error;
      });
      return undefined;
    }
  }
}
