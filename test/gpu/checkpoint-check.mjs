// Resumption on GPUs: to the bit with dropout, in each precision, on one and on all GPUs, from what was saved at once and from what
// was saved in the background; and what all GPUs saved on one, with the same data. And how long a save in the background holds the
// training thread.
//   ./notebooster exec test/gpu/checkpoint-check.mjs        exits non-zero on a difference
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AdamW, Booster, Linear, numGpus, Sequential } from "notebooster";
import { downloadBytes } from "../../dist/src/device/download-bytes.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

const scratch = mkdtempSync(join(tmpdir(), "notebooster-gpu-"));
const ranks = [1, 2, 4, 8].filter((count) => count <= numGpus()).at(-1);
let failures = 0;
let numFolders = 0;

const train = (numRanks, options) =>
  runRanks("train-resumable.mjs", numRanks, { options: { ...options, device: "cuda" } });

for (const numRanks of new Set([1, ranks])) {
  for (const precision of ["fp32", "bf16", "fp16"]) {
    const useAsync = precision !== "fp32";
    const options = {
      precision,
      dropout: 0.1,
      accumulation: 2,
      folder: join(scratch, String(numFolders++)),
    };
    const [whole] = await train(numRanks, { ...options, saveAt: 7, options: { useAsync } });
    const [resumed] = await train(numRanks, { ...options, resume: true });
    const isSame =
      JSON.stringify(resumed.losses) === JSON.stringify(whole.losses.slice(7)) &&
      resumed.weights === whole.weights;
    report({ check: "resume", ranks: numRanks, precision, useAsync }, isSame);
  }
}
if (ranks > 1) {
  const folder = join(scratch, "elsewhere");
  const [whole] = await train(ranks, { folder, saveAt: 6 });
  const [resumed] = await train(1, { folder, resume: true });
  const isSame = JSON.stringify(resumed.order) === JSON.stringify(whole.order.slice(6 * 8));
  const worst = Math.max(...resumed.losses.map((loss, i) => Math.abs(loss - whole.losses[6 + i])));
  report(
    { check: "saved by all, loaded by one", ranks, isSame, worstLossError: worst },
    isSame && worst < 1e-4,
  );
}
await reportSnapshot();
rmSync(scratch, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;

/** How long a save in the background holds the training thread, beside what reading tensor by tensor would, for 4 GiB of state. */
async function reportSnapshot() {
  const booster = new Booster({ mixedPrecision: "bf16" });
  const model = new Sequential(
    ...Array.from({ length: 4 }, () => new Linear(8192, 8192, { bias: false })),
  );
  const { optimizer } = await booster.boost({ model, optimizer: new AdamW(model.parameters()) });
  const states = model
    .parameters()
    .flatMap((parameter) => [parameter, ...Object.values(optimizer.stateOf(parameter))]);
  const tensors = states.filter((state) => typeof state !== "number");
  const seconds = {};
  const time = (what, body) => {
    const begin = performance.now();
    const result = body();
    seconds[what] = (performance.now() - begin) / 1000;
    return result;
  };
  const equal = (read) => tensors.every((each) => Buffer.compare(read(each), each.toBytes()) === 0);
  for (const round of ["first", "again"]) {
    time(`toBytes, ${round}`, () => tensors.forEach((each) => void each.toBytes()));
    time(`pinned, ${round}`, () => tensors.forEach((each) => void downloadBytes(each)));
  }
  const begin = performance.now();
  const saving = await booster.saveCheckpoint(
    join(scratch, "large"),
    { model, optimizer },
    { step: 0, useAsync: true },
  );
  seconds.held = (performance.now() - begin) / 1000;
  await saving.finished();
  seconds.finished = (performance.now() - begin) / 1000;
  const gib = tensors.reduce((sum, each) => sum + each.nbytes, 0) / 2 ** 30;
  report(
    { check: "snapshot", gib, seconds },
    equal(downloadBytes) && seconds["pinned, again"] < seconds["toBytes, again"],
  );
}

function report(result, ok) {
  if (!ok) failures++;
  console.log(JSON.stringify({ ok, ...result }));
}
