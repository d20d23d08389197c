// For a host with several GPUs: ranks with NCCL against one GPU with the whole batch, in both precisions, and resumption.
//   ./notebooster exec test/gpu/data-parallel.mjs        exits non-zero on a difference
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numGpus } from "notebooster";

const PROGRAM = fileURLToPath(new URL("../fixtures/train-small.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "notebooster-gpu-"));
const TOLERANCE = { fp32: 1e-4, bf16: 3e-2 };
const ranks = numGpus();
let failures = 0;

for (const precision of ["fp32", "bf16"]) {
  const [alone] = await train(1, { precision });
  const together = await train(ranks, { precision });
  const error = Math.max(...alone.losses.map((loss, i) => Math.abs(loss - together[0].losses[i])));
  const equal = together.every(({ weights }) => weights === together[0].weights);
  report(
    {
      check: "data parallel",
      precision,
      ranks,
      worstLossError: error,
      ranksHoldEqualWeights: equal,
    },
    error < TOLERANCE[precision] && equal,
  );
}
const checkpoint = join(folder, "checkpoints");
const whole = await train(ranks, { checkpoint, steps: 12, saveAt: 6 });
const resumed = await train(ranks, { checkpoint, steps: 12, resume: true });
const same = JSON.stringify(resumed[0].losses) === JSON.stringify(whole[0].losses.slice(6));
report({ check: "resume", ranks, bitIdentical: same }, same);
process.exitCode = failures === 0 ? 0 : 1;

function report(result, ok) {
  if (!ok) failures++;
  console.log(JSON.stringify({ ok, ...result }));
}

function train(worldSize, options) {
  const rendezvous = join(folder, `rendezvous-${Math.random().toString(36).slice(2)}`);
  const rank = (index) =>
    new Promise((resolve, reject) => {
      const env = {
        ...process.env,
        RANK: String(index),
        WORLD_SIZE: String(worldSize),
        LOCAL_RANK: String(index),
      };
      const argv = [PROGRAM, JSON.stringify({ ...options, device: "cuda" })];
      const child = spawn(process.execPath, argv, {
        env: { ...env, NOTEBOOSTER_RENDEZVOUS: rendezvous },
      });
      let output = "";
      let errors = "";
      child.stdout.on("data", (chunk) => (output += chunk));
      child.stderr.on("data", (chunk) => (errors += chunk));
      child.on("close", (code) =>
        code === 0 ? resolve(JSON.parse(output)) : reject(new Error(errors)),
      );
    });
  return Promise.all(Array.from({ length: worldSize }, (_, index) => rank(index)));
}
