// `npm test [-- SUITE...]`: set-up, then all suites in one run of Vitest (vitest.config.ts, test/fixtures/spread-suites.ts), style
// checks beside them. The last line is the count. `npm run test:matrix` does the same with NOTEBOOSTER_TEST_MATRIX=1: tests then try
// everything instead of a sample (test/fixtures/matrix.ts).
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
import { countsOf, suitesTable } from "./test-report.mjs";
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
  const counts = await times.measure("tests", async () => {
    const running = [runSuites(chosen), ...(names.length === 0 ? [runChecks()] : [])];
    return new Map((await Promise.all(running)).flatMap((each) => [...each]));
  });
  console.log(`\n${suitesTable(counts)}`);
  console.log(`\n${times.table(process.env.NOTEBOOSTER_TEST_MATRIX !== "1")}`);
  const total = (what) => [...counts.values()].reduce((sum, count) => sum + count[what], 0);
  const [passed, failed, skipped] = ["passed", "failed", "skipped"].map(total);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

// One after another: each is one thread, beside the tests'. What one says is printed when it ends.
async function runChecks() {
  const began = performance.now();
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, [script, ...args]] of Object.entries(checks)) {
    const said = [];
    const code = await runNode([join(paths.root, script), ...args], (text) => said.push(text));
    process.stdout.write(`${said.join("")}${code === 0 ? "✓" : "✗"} ${name}\n`);
    count[code === 0 ? "passed" : "failed"] += 1;
  }
  return new Map([["checks", { ...count, seconds: (performance.now() - began) / 1000 }]]);
}

async function runSuites(names) {
  const report = join(paths.testResults, "report.json");
  mkdirSync(paths.testResults, { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(paths.nodeModules, "vitest/vitest.mjs");
  const secondTries = join(paths.root, "setup/second-tries.mjs");
  const reporters = ["default", "json", secondTries].map((reporter) => `--reporter=${reporter}`);
  const options = [...reporters, `--outputFile.json=${report}`, "--retry=1"];
  const projects = names.flatMap((name) => ["--project", name]);
  const code = await runNode([vitest, "run", ...projects, ...options]);
  return countsOf(
    existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined,
    names,
    code,
  );
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
