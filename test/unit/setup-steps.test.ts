// The machinery of setup on a copy of its files in an empty folder: stamps, interruption, the lock, missing tools.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const sources = fileURLToPath(new URL("../../setup", import.meta.url));
let root: string;

beforeEach(() => {
  root = scratchFolder();
  cpSync(sources, join(root, "setup"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
});

// A step that counts its runs in a file and, while `slow` exists, lasts until it is ended.
const steps = `
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { runLogged } from "./setup/command.mjs";
import { runSetup } from "./setup/setup.mjs";
import { runAsProgram } from "./setup/run-as-program.mjs";
const note = (word) => appendFileSync("events", word + " ");
const first = {
  name: "first", title: "First",
  inputs: () => [{ file: "input" }],
  isPresent: () => existsSync("made"),
  clean: () => note("clean"),
  run: async () => {
    note("first");
    if (existsSync("slow")) await runLogged(["sleep", "20"], { log: "first", advice: "Wait." });
    if (existsSync("broken")) await runLogged(["sh", "-c", "echo the reason; exit 3"], { log: "first", advice: "Mend it." });
    appendFileSync("made", "x");
  },
};
const second = { name: "second", title: "Second", after: ["first"], inputs: () => [], isPresent: () => true, run: () => note("second") };
await runAsProgram(import.meta.url, () => runSetup([first, second]));
`;

function prepare() {
  writeFileSync(join(root, "steps.mjs"), steps);
  writeFileSync(join(root, "input"), "one");
  writeFileSync(join(root, "events"), "");
}

const start = () =>
  spawn(process.execPath, ["steps.mjs"], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
const run = () => spawnSync(process.execPath, ["steps.mjs"], { cwd: root, encoding: "utf8" });
const events = () => readFileSync(join(root, "events"), "utf8").trim();

async function untilEvent(word: string) {
  while (!events().includes(word)) await sleep(20);
}

async function ended(child: ChildProcess) {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

test("a step runs once, and again with those after it when its inputs change or its output is gone", () => {
  prepare();
  run();
  run();
  expect(events()).toBe("first second");
  writeFileSync(join(root, "input"), "two");
  run();
  expect(events()).toBe("first second first second");
  spawnSync("rm", [join(root, "made")]);
  expect(run().status).toBe(0);
  expect(events()).toBe("first second first second first second");
});

test("an interrupted step ends its program, frees the lock and is redone from a clean state", async () => {
  prepare();
  writeFileSync(join(root, "slow"), "");
  const child = start();
  await untilEvent("first");
  await sleep(300);
  const asleep = spawnSync("ps", ["-eo", "ppid,args"], { encoding: "utf8" }).stdout;
  expect(asleep).toContain(`${child.pid} sleep 20`);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(130);
  const left = spawnSync("ps", ["-eo", "ppid,args"], { encoding: "utf8" }).stdout;
  expect(left).not.toContain(`${child.pid} sleep 20`);
  expect(existsSync(join(root, ".setup/lock"))).toBe(false);
  spawnSync("rm", [join(root, "slow")]);
  run();
  expect(events()).toBe("first clean first second");
});

test("a killed setup leaves a lock that the next one takes over", async () => {
  prepare();
  writeFileSync(join(root, "slow"), "");
  const child = start();
  await untilEvent("first");
  child.kill("SIGKILL");
  await ended(child);
  expect(existsSync(join(root, ".setup/lock"))).toBe(true);
  spawnSync("rm", [join(root, "slow")]);
  expect(run().status).toBe(0);
  expect(events()).toBe("first clean first second");
});

test("a second setup waits for the first instead of running beside it", async () => {
  prepare();
  writeFileSync(join(root, "slow"), "");
  const first = start();
  await untilEvent("first");
  const second = start();
  const [message] = await once(second.stderr, "data");
  expect(String(message)).toContain(`process ${first.pid} is running`);
  spawnSync("rm", [join(root, "slow")]);
  first.kill("SIGINT");
  expect(await ended(second)).toBe(0);
  expect(events()).toBe("first clean first second");
});

test("a failed step shows its last lines, what to do and the log", () => {
  prepare();
  writeFileSync(join(root, "broken"), "");
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain("the reason");
  expect(stderr).toContain("failed (exit code 3). Mend it.");
  expect(stderr).toContain(join(root, ".setup/log/first.log"));
  expect(stderr).not.toContain("at runLogged");
});

const pythonFacts = { version: "3.11.2", executable: "python3", hasVenv: true, torch: null };
const pythonWith = (facts: object) => `echo '${JSON.stringify({ ...pythonFacts, ...facts })}'`;
const compiler = "echo 'g++ (Debian 12.2.0-14) 12.2.0'";

test.each([
  {
    tools: { python3: pythonWith({}) },
    says: "C++ compiler is missing: ",
    install: "apt-get install -y g++",
  },
  {
    tools: { "g++": compiler },
    says: "Python is missing: ",
    install: "apt-get install -y python3 python3-venv",
  },
  {
    tools: { "g++": compiler, python3: pythonWith({ hasVenv: false }) },
    says: "Python venv module is missing: ",
    install: "apt-get install -y python3-venv",
  },
  {
    tools: { "g++": compiler, python3: pythonWith({ version: "3.9.2" }) },
    says: "Python is 3.9.2, required is >= 3.11: ",
    install: "apt-get install -y python3 python3-venv",
  },
  {
    tools: { "g++": "echo 'g++ 9.4.0'", python3: pythonWith({}) },
    says: "C++ compiler is gcc 9.4, required is g++ >= 11 or clang++ >= 14: ",
    install: "apt-get install -y g++",
  },
])("setup stops with one sentence: $says", ({ tools, says, install }) => {
  const bin = join(root, "bin");
  mkdirSync(bin);
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = { ...process.env, PATH: bin, NOTEBOOSTER_PYTHON: undefined, CXX: undefined };
  const options = { cwd: root, encoding: "utf8", env } as const;
  const { status, stderr } = spawnSync(process.execPath, ["setup/setup.mjs"], options);
  expect(status).toBe(1);
  expect(stderr.trim()).toMatch(/^[^\n]*$/);
  expect(stderr).toContain(says);
  expect(stderr).toContain(install);
});
