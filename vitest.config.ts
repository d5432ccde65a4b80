import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/postgres.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Some tests kill processes, stop databases and hold rates against the clock, on machines that others share: CI
    // gives those that fail a second chance, and names them in its log.
    retry: process.env.CI ? 2 : 0,
    // Two cores is what CI and many laptops have; onnxruntime and sharp bring threads of their own.
    maxWorkers: 2,
  },
});
