// `node test/contract/record.mjs` writes recorded-training.json: losses and gradients of small trainings that later versions
// must give again. Run it only where numbers are meant to change, and say in LOG.md why they did.
import { readFileSync, writeFileSync } from "node:fs";
import { runRanks } from "../fixtures/run-ranks.mjs";

const families = ["llama", "llamaTied", "gpt2"];
const settings = [
  { precision: "fp32", numRanks: 1, accumulation: 1 },
  { precision: "bf16", numRanks: 1, accumulation: 2 },
  { precision: "fp32", numRanks: 2, accumulation: 2 },
];

/** Bits are compared between machines of one kind only: vectors of another width add in another order. */
export function machine() {
  const info = readFileSync("/proc/cpuinfo", "utf8");
  const vectors = [...new Set(info.match(/\b(avx|fma|amx)\w*/g))].sort().join(" ");
  return `${/model name\s*: (.*)/.exec(info)?.[1]} (${vectors})`;
}

export async function train({ numRanks, ...options }) {
  const [first] = await runRanks("train-recorded.mjs", numRanks, {
    options,
    environment: { OMP_NUM_THREADS: "1" },
  });
  return first;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const trainings = [];
  for (const family of families)
    for (const setting of settings)
      trainings.push({ family, ...setting, ...(await train({ family, ...setting })) });
  const text = JSON.stringify({ machine: machine(), trainings }, null, 1);
  writeFileSync(new URL("recorded-training.json", import.meta.url), `${text}\n`);
}
