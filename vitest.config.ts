// One project per suite, test/<suite>/**/*.test.ts. On two cores files run three at a time: many wait.
import { defineConfig } from "vitest/config";
import { SpreadSuites } from "./test/fixtures/spread-suites.js";

// Threads of operators that wait for one another in a busy loop take the processor from the files beside: one thread each,
// except where a test says otherwise (test/fixtures/two-threads.ts).
const env = { OMP_NUM_THREADS: "1" };

const suite = (name: string, timeoutMs: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    pool: "forks" as const,
    server: { deps: { external: [/\/dist\//] } }, // loaded by Node itself, as users load it
    env,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 3,
  },
});

export default defineConfig({
  test: {
    globalSetup: ["test/fixtures/written-modules.ts", "test/fixtures/python-server.ts"],
    sequence: { sequencer: SpreadSuites },
    projects: [
      suite("unit", 120_000),
      suite("native", 120_000),
      suite("ranks", 180_000),
      suite("contract", 180_000),
      suite("kernel", 120_000),
      suite("notebooks", 600_000),
      suite("browser", 600_000),
    ],
  },
});
