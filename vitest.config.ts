import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/slow/**", "node_modules/**"],
    testTimeout: 120_000,
    // All cores: Vitest would leave one to itself, half of a small machine.
    maxWorkers: "100%",
    globalSetup: ["test/temporary-folder.ts"],
    setupFiles: ["test/setup.ts"],
  },
});
export default config;
