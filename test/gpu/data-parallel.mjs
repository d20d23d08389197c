// For a host with several GPUs: ranks with NCCL against one GPU with the whole batch, in both precisions, and resumption.
//   ./notebooster exec test/gpu/data-parallel.mjs        exits non-zero on a difference
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { numGpus } from "notebooster";
import { trainRanks } from "../fixtures/train-ranks.mjs";

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
  return trainRanks(worldSize, { ...options, device: "cuda" });
}
