// For a host with several GPUs: every collective over NCCL gives what Gloo gives on the CPU; a rank that does not come is
// named in time, and the others' GPUs come free.
//   ./notebooster exec test/gpu/collectives-check.mjs        exits non-zero on a failure
import { numGpus } from "notebooster";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { check, expect, finish } from "./check.mjs";

const size = numGpus();
const [cpu, gpu] = [
  await runRanks("collectives-rank.mjs", size, { environment: { OMP_NUM_THREADS: "1" } }),
  await runRanks("collectives-rank.mjs", size, { options: { device: "cuda" } }),
];
for (const name of Object.keys(cpu[0])) {
  check(`${name} between ${size} GPUs`, () => {
    for (const rank of cpu.keys()) compare(gpu[rank][name], cpu[rank][name]);
  });
}

// "reads": item() right after the failing collective must throw its error, not return what it left.
for (const how of ["sleeps", "exits", "reads"]) {
  const environment = { NOTEBOOSTER_TIMEOUT_MS: "3000" };
  const results = await runRanks("missing-rank.mjs", size, {
    options: { device: "cuda", absent: 1, how },
    environment,
  });
  check(`a rank that ${how} instead of entering is named`, () => {
    const { message, missingRanks, ms, readable } = results[0];
    expect(readable === 2, `tensors are readable once the failure was told, got ${readable}`);
    expect(
      /rank 1 never entered it \(its last: broadcast .*, number 2\)/.test(message),
      `${message}`,
    );
    expect(missingRanks.join() === "1" && ms <= 3000, `missing ${missingRanks}, ${ms} ms`);
    return { message, ms };
  });
}
finish();

function compare(actual, wanted) {
  if (typeof wanted === "number")
    return expect(
      Math.abs(actual - wanted) <= 1e-4 * (1 + Math.abs(wanted)),
      `${actual} and ${wanted}`,
    );
  if (wanted === null || typeof wanted !== "object")
    return expect(actual === wanted, `${actual} and ${wanted}`);
  expect(Object.keys(actual).join() === Object.keys(wanted).join(), `keys ${Object.keys(actual)}`);
  for (const key of Object.keys(wanted)) compare(actual[key], wanted[key]);
}
