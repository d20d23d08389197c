// For a host with several GPUs: ranks with NCCL against one GPU with the whole batch, under each plugin, in both precisions, and
// resumption.
//   ./notebooster exec test/gpu/data-parallel.mjs        exits non-zero on a difference
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { numGpus } from "notebooster";
import { PLUGIN_NAMES } from "../fixtures/plugins.mjs";
import { trainRanks } from "../fixtures/train-ranks.mjs";

const folder = mkdtempSync(join(tmpdir(), "notebooster-gpu-"));
const TOLERANCE = { fp32: 1e-4, bf16: 3e-2 };
const ranks = numGpus();
let failures = 0;

for (const precision of ["fp32", "bf16"]) {
  const [alone] = await train(1, { precision });
  for (const plugin of PLUGIN_NAMES) {
    const together = await train(ranks, { precision, plugin });
    const worst = Math.max(
      ...alone.losses.map((loss, i) => Math.abs(loss - together[0].losses[i])),
    );
    const equal = together.every(({ weights }) => weights === together[0].weights);
    report(
      {
        check: "data parallel",
        ...{ plugin, precision, ranks, worstLossError: worst, ranksHoldEqualWeights: equal },
      },
      worst < TOLERANCE[precision] && equal,
    );
  }
}
for (const plugin of PLUGIN_NAMES) {
  const checkpoint = join(folder, plugin);
  const whole = await train(ranks, { plugin, checkpoint, steps: 12, saveAt: 6 });
  const resumed = await train(ranks, { plugin, checkpoint, steps: 12, resume: true });
  const same = JSON.stringify(resumed[0].losses) === JSON.stringify(whole[0].losses.slice(6));
  report({ check: "resume", plugin, ranks, bitIdentical: same }, same);
}
process.exitCode = failures === 0 ? 0 : 1;

function report(result, ok) {
  if (!ok) failures++;
  console.log(JSON.stringify({ ok, ...result }));
}

function train(worldSize, options) {
  return trainRanks(worldSize, { ...options, device: "cuda" });
}
