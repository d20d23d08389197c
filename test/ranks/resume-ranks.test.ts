// Training goes on from a checkpoint to the bit where nothing else has changed, and with the same data and losses on another number
// of ranks. npm run test:matrix tries all combinations.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

interface Result {
  readonly begun: number;
  readonly losses: readonly number[];
  readonly order: readonly number[];
  readonly weights: string;
}

interface Options {
  readonly precision?: "fp32" | "bf16" | "fp16";
  readonly dropout?: number;
  readonly accumulation?: number;
  readonly folder?: string;
  readonly saveAt?: number;
  readonly resume?: boolean;
  readonly options?: { readonly useAsync: boolean };
}

const ENVIRONMENT = { OMP_NUM_THREADS: "1" };

function train(numRanks: number, options: Options): Promise<Result[]> {
  return runRanks("train-resumable.mjs", numRanks, {
    options,
    environment: ENVIRONMENT,
  }) as Promise<Result[]>;
}

const ALL = [1, 2].flatMap((numRanks) =>
  (["fp32", "bf16", "fp16"] as const).flatMap((precision) =>
    [0, 0.1].flatMap((dropout) =>
      [1, 2].map((accumulation) => ({ numRanks, precision, dropout, accumulation })),
    ),
  ),
);
const SAMPLE = ALL.filter(
  ({ numRanks, precision, dropout, accumulation }) =>
    numRanks === 2 && dropout > 0 && accumulation === (precision === "fp32" ? 1 : 2),
);

test.each(isMatrix ? ALL : SAMPLE)(
  "$numRanks ranks in $precision with dropout $dropout and accumulation $accumulation go on to the bit, in a later epoch",
  async ({ numRanks, ...options }) => {
    const folder = join(scratchFolder(), "checkpoints");
    const saving = { useAsync: options.precision !== "fp32" };
    const [whole] = await train(numRanks, { ...options, folder, saveAt: 7, options: saving });
    const [resumed] = await train(numRanks, { ...options, folder, resume: true });
    expect(resumed?.begun).toBe(7);
    expect(resumed?.losses).toEqual(whole?.losses.slice(7));
    expect(resumed?.weights).toBe(whole?.weights);
  },
);

test("what two ranks save in the background is what they save at once, and nothing more", async () => {
  const folders = [scratchFolder(), scratchFolder()];
  for (const [i, folder] of folders.entries())
    await train(2, { folder, saveAt: 3, options: { useAsync: i === 1 } });
  const [sync, async] = folders.map((folder) => {
    const names = readdirSync(folder, { recursive: true }).map(String).sort();
    return names.map((name) => {
      const file = join(folder, name);
      return [name, statSync(file).isFile() && readFileSync(file).toString("base64")];
    });
  });
  expect(async).toEqual(sync);
});

test("what two ranks saved one and four load, with the same data and the same losses", async () => {
  const folder = join(scratchFolder(), "checkpoints");
  const [whole] = await train(2, { folder, saveAt: 6 });
  const files = readdirSync(join(folder, "step-00000006"));
  expect(files.filter((name) => name.startsWith("state-")).sort()).toEqual([
    "state-00001-of-00002.json",
    "state-00001-of-00002.safetensors",
    "state-00002-of-00002.json",
    "state-00002-of-00002.safetensors",
  ]);
  for (const numRanks of [1, 4]) {
    const [resumed] = await train(numRanks, { folder, resume: true });
    expect(resumed?.order).toEqual(whole?.order.slice(6 * 8));
    for (const [i, loss] of (resumed?.losses ?? []).entries())
      expect(
        Math.abs(loss - (whole?.losses[6 + i] as number)),
        `${numRanks} ranks, loss ${i}`,
      ).toBeLessThan(1e-6);
    expect(resumed?.losses).toHaveLength(4);
  }
});
