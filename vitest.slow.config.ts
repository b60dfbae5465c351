import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/slow/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // All cores: Vitest would leave one to itself, half of a small machine.
    maxWorkers: "100%",
    globalSetup: ["test/temporary-folder.ts"],
    setupFiles: ["test/setup.ts"],
  },
});
export default config;
