// One project per suite, test/<suite>/**/*.test.ts. Two cores: files that compute run two at a time, as do those that start
// several ranks, which wait for each other; files that wait for kernels and pages run three at a time.
import { defineConfig } from "vitest/config";

const suite = (
  name: string,
  options: { timeoutMs: number; workers: number; env?: Record<string, string> },
) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    pool: "forks" as const,
    server: { deps: { external: [/\/dist\//] } }, // loaded by Node itself, as users load it
    env: options.env ?? {},
    testTimeout: options.timeoutMs,
    hookTimeout: options.timeoutMs,
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: options.workers > 1,
    maxWorkers: options.workers,
  },
});

// A thread that waits for another in a busy loop takes the processor from the file beside.
const env = { OMP_NUM_THREADS: "1" };

export default defineConfig({
  test: {
    globalSetup: "test/fixtures/python-server.ts",
    projects: [
      suite("unit", { timeoutMs: 120_000, workers: 2 }),
      suite("native", { timeoutMs: 120_000, workers: 2 }),
      suite("ranks", { timeoutMs: 180_000, workers: 2 }),
      suite("contract", { timeoutMs: 180_000, workers: 2 }),
      suite("kernel", { timeoutMs: 120_000, workers: 3 }),
      suite("notebooks", { timeoutMs: 600_000, workers: 3, env }),
      suite("browser", { timeoutMs: 600_000, workers: 3, env }),
    ],
  },
});
