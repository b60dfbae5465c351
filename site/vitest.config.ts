/** The explorer in Chromium: npm run site:test. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser, one page after the other.
    fileParallelism: false,
  },
});
