import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/postgres.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores is what CI and many laptops have; onnxruntime and sharp bring threads of their own.
    maxWorkers: 2,
  },
});
