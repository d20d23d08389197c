// `npm test [-- SUITE...]`: set-up, style checks, then the suites one after another. The last line is the count.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { jupyterEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { browserSteps, productSteps, runSetup, testSteps } from "./setup.mjs";
import { SetupError } from "./setup-error.mjs";
import { chromiumPath } from "./steps/chromium.mjs";

const suites = ["unit", "native", "ranks", "contract", "kernel", "notebooks", "browser"];
const checks = {
  biome: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
  docs: ["setup/docs.mjs", "--check"],
  lab: ["node_modules/typescript/bin/tsc", "-p", "kernel/lab"],
  tests: ["node_modules/typescript/bin/tsc", "-p", "test"],
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
  await runSetup([...productSteps, ...testSteps, ...(needsBrowser ? browserSteps : [])]);
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (names.length === 0) await runChecks(total);
  for (const name of chosen) await runSuite(name, total);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runChecks(total) {
  for (const [name, [script, ...args]] of Object.entries(checks)) {
    const code = await runNode([join(paths.root, script), ...args]);
    console.log(`${code === 0 ? "✓" : "✗"} ${name}`);
    total[code === 0 ? "passed" : "failed"] += 1;
  }
}

async function runSuite(name, total) {
  console.log(`\n== ${name}`);
  const report = join(paths.testResults, `${name}.json`);
  mkdirSync(paths.testResults, { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(paths.nodeModules, "vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runNode([vitest, "run", "--project", name, ...reporters]);
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

function runNode(args) {
  const child = spawn(process.execPath, args, {
    cwd: paths.root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...jupyterEnvironment(), ...testEnvironment() },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
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
