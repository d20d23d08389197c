// Every check of this folder, each in a process of its own, then our kernels under compute-sanitizer. One JSON line a program.
//   ./notebooster exec test/gpu/all.mjs [--logs FOLDER] [--no-sanitizer]        exits with 1 when one fails
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { numGpus } from "notebooster";

const { values } = parseArgs({
  options: { logs: { type: "string" }, "no-sanitizer": { type: "boolean", default: false } },
});
const logs = values.logs ?? mkdtempSync(join(tmpdir(), "notebooster-gpu-"));
mkdirSync(logs, { recursive: true });
if (numGpus() === 0) throw new Error("the checks need a GPU; this process sees none");

const ONE_GPU = [
  "device",
  "kernels",
  "gradients",
  "attention",
  "attention-dropout",
  "jit",
  "graphs",
  "interrupt",
  "chunk",
  "checkpoint",
  "offload",
  "rounding",
  "transfers",
  "families",
  "packing",
  "qlora",
  "lazy",
  "memory",
].map((name) => `${name}-check`);
const SEVERAL_GPUS = ["collectives-check", "data-parallel", "rank-errors"];
const SANITIZED = [["kernels-check", "small"], ["jit-check"]];
const LIMIT_S = 150;
const NUM_FAILED_LINES = 5;
let numFailed = 0;

for (const name of [...ONE_GPU, ...(numGpus() > 1 ? SEVERAL_GPUS : [])]) run(name, [node(name)]);
if (!values["no-sanitizer"]) {
  for (const tool of ["memcheck", "racecheck"]) {
    for (const [name, ...args] of SANITIZED) {
      const sanitizer = ["compute-sanitizer", "--tool", tool, "--error-exitcode", "9"];
      run(`${tool} ${name}`, [sanitizer, node(name), args]);
    }
  }
}
console.log(JSON.stringify({ failed: numFailed, logs }));
process.exit(numFailed === 0 ? 0 : 1);

function node(name) {
  return [
    process.execPath,
    ...process.execArgv,
    fileURLToPath(new URL(`${name}.mjs`, import.meta.url)),
  ];
}

/** Runs a program, keeps what it prints and reports how it ended, with its first failed cases. */
function run(name, words) {
  const [program, ...args] = words.flat();
  const begin = performance.now();
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: LIMIT_S * 1000,
    maxBuffer: 1 << 28,
  });
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  writeFileSync(join(logs, `${name.replace(" ", "-")}.log`), `${stdout}\n${stderr}`);
  const lines = String(stdout).split("\n");
  const failed = lines.filter((line) => line.includes('"ok":false'));
  const passed = lines.filter((line) => line.includes('"ok":true')).length;
  const summary = lines.filter((line) => /(ERROR|RACECHECK) SUMMARY/.test(line)).join(" ");
  const ok = status === 0;
  let ending = {};
  if (!ok) {
    numFailed += 1;
    ending = { status, signal, error: error?.message, stderr: stderr?.slice(-600) };
  }
  console.log(
    JSON.stringify({ program: name, ok, seconds, passed, ...(summary && { summary }), ...ending }),
  );
  for (const line of failed.slice(0, NUM_FAILED_LINES)) console.log(line.slice(0, 600));
}
