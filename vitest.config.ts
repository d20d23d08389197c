// One project per suite, test/<suite>/**/*.test.ts. Two cores: files run two at a time, those of suites that start several
// ranks, train or drive a browser one at a time.
import { defineConfig } from "vitest/config";

const suite = (
  name: string,
  options: { timeoutMs: number; workers: number },
) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    pool: "forks" as const,
    testTimeout: options.timeoutMs,
    hookTimeout: options.timeoutMs,
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: options.workers > 1,
    maxWorkers: options.workers,
  },
});

export default defineConfig({
  test: {
    globalSetup: "test/fixtures/python-server.ts",
    projects: [
      suite("unit", { timeoutMs: 60_000, workers: 2 }),
      suite("native", { timeoutMs: 120_000, workers: 2 }),
      suite("ranks", { timeoutMs: 180_000, workers: 1 }),
      suite("contract", { timeoutMs: 180_000, workers: 2 }),
      suite("kernel", { timeoutMs: 120_000, workers: 2 }),
      suite("notebooks", { timeoutMs: 600_000, workers: 1 }),
      suite("browser", { timeoutMs: 600_000, workers: 1 }),
    ],
  },
});
