// `npm test [-- SUITE...]`: set-up, style checks, then the suites one after another. The last line is the count. `npm run
// test:matrix` does the same with NOTEBOOSTER_TEST_MATRIX=1: tests then try everything instead of a sample (test/fixtures/matrix.ts).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { jupyterEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { browserSteps, productSteps, runSetup, testSteps } from "./setup.mjs";
import { SetupError } from "./setup-error.mjs";
import { chromiumPath } from "./steps/chromium.mjs";
import { TestTimes } from "./test-times.mjs";

const suites = ["unit", "native", "ranks", "contract", "kernel", "notebooks", "browser"];
const checks = {
  biome: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
  docs: ["setup/docs.mjs", "--check"],
  lab: ["node_modules/typescript/bin/tsc", "-p", "kernel/lab"],
  tests: ["node_modules/typescript/bin/tsc", "-p", "test"],
  programs: ["node_modules/typescript/bin/tsc", "-p", "test/tsconfig.programs.json"],
  layers: [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ...["--config", "setup/style/layers.cjs", "src", "kernel"],
  ],
};

const usage = `usage: npm test -- [SUITE...]

Sets up what is missing, then runs the style checks and all suites, or only the suites named: ${suites.join(", ")}.`;

/** Runs the given suites, all of them and the style checks by default; returns the exit code. */
export async function test(names) {
  const chosen = names.length === 0 ? suites : names;
  const unknown = chosen.filter((name) => !suites.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(
      `There is no suite ${unknown.join(", ")}: choose from ${suites.join(", ")}`,
    );
  }
  const needsBrowser = chosen.includes("browser");
  const steps = [...productSteps, ...testSteps, ...(needsBrowser ? browserSteps : [])];
  const times = new TestTimes();
  await times.measure("set-up", () => runSetup(steps));
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (names.length === 0) await times.measure("checks", () => runChecks(total));
  for (const name of chosen) await times.measure(name, () => runSuite(name, total));
  console.log(`\n${times.table(process.env.NOTEBOOSTER_TEST_MATRIX !== "1")}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

// All at once: each is one thread. What one says is printed when it ends.
async function runChecks(total) {
  const running = Object.entries(checks).map(async ([name, [script, ...args]]) => {
    const said = [];
    const code = await runNode([join(paths.root, script), ...args], (text) => said.push(text));
    process.stdout.write(`${said.join("")}${code === 0 ? "✓" : "✗"} ${name}\n`);
    total[code === 0 ? "passed" : "failed"] += 1;
  });
  await Promise.all(running);
}

async function runSuite(name, total) {
  console.log(`\n== ${name}`);
  const report = join(paths.testResults, `${name}.json`);
  mkdirSync(paths.testResults, { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(paths.nodeModules, "vitest/vitest.mjs");
  const secondTries = join(paths.root, "setup/second-tries.mjs");
  const reporters = ["default", "json", secondTries].map((reporter) => `--reporter=${reporter}`);
  const options = [...reporters, `--outputFile.json=${report}`, "--retry=1"];
  const code = await runNode([vitest, "run", "--project", name, ...options]);
  const counts = countsOf(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  // A crash, an unhandled error or a suite without tests fails no test by itself.
  total.failed += code === 0 ? counts.failed : Math.max(counts.failed, 1);
}

function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

// Resolves with the exit code. `say` gets what it prints; without it, it prints itself.
async function runNode(args, say) {
  const output = say === undefined ? "inherit" : "pipe";
  const child = spawn(process.execPath, args, {
    cwd: paths.root,
    stdio: ["ignore", output, output],
    env: { ...process.env, ...jupyterEnvironment(), ...testEnvironment() },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", say);
  const signals = ["SIGINT", "SIGTERM"];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  try {
    const [code] = await once(child, "close");
    return code ?? 1;
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

// What tests may rely on: the Python with jupyter_client and transformers, and the browser.
function testEnvironment() {
  return {
    NOTEBOOSTER_TEST_PYTHON: paths.testPython,
    CHROMIUM: chromiumPath(),
    HF_HUB_OFFLINE: "1",
  };
}

await runAsProgram(import.meta.url, { usage }, test);
