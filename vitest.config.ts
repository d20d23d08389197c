// One project per suite, test/<suite>/**/*.test.ts. Two cores: files run two at a time.
import { defineConfig } from "vitest/config";

const suite = (name: string, options: { timeoutMs: number; env?: Record<string, string> }) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    pool: "forks" as const,
    server: { deps: { external: [/\/dist\//] } }, // loaded by Node itself, as users load it
    env: options.env ?? {},
    testTimeout: options.timeoutMs,
    hookTimeout: options.timeoutMs,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});

// A thread that waits for another in a busy loop takes the processor from the file beside.
const env = { OMP_NUM_THREADS: "1" };

export default defineConfig({
  test: {
    globalSetup: "test/fixtures/python-server.ts",
    projects: [
      suite("unit", { timeoutMs: 120_000 }),
      suite("native", { timeoutMs: 120_000 }),
      suite("ranks", { timeoutMs: 180_000 }),
      suite("contract", { timeoutMs: 180_000 }),
      suite("kernel", { timeoutMs: 120_000 }),
      suite("notebooks", { timeoutMs: 600_000, env }),
      suite("browser", { timeoutMs: 600_000, env }),
    ],
  },
});
