// Ranks that share optimizer state and the update, against ranks that each have all of it and one process with the whole batch.
import { join } from "node:path";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

type Numbers = readonly number[] | null;

interface Result {
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  /** Of losses in float16, after each step. */
  readonly scales: readonly number[];
  /** Of the first step, by parameter. */
  readonly gradients: readonly Numbers[];
  readonly weights: readonly Numbers[];
  readonly state: readonly (Readonly<Record<string, Numbers | number>> | null)[];
  readonly digest: string;
  /** Of optimizer state on this rank. */
  readonly heldBytes: number;
}

interface Case {
  readonly plugin?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly precision?: "fp32" | "bf16" | "fp16";
  readonly masterWeights?: false;
  readonly rule?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly accumulation?: number;
  readonly paused?: boolean;
  readonly overflowing?: number;
  readonly batchBytes?: number;
  readonly steps?: number;
  readonly folder?: string;
  readonly saveAt?: number;
  readonly resume?: boolean;
}

/** Small buckets, so that there are many; stage 2 keeps two of them at most. */
const STAGE_1 = { plugin: "LowLevelZeroPlugin", options: { reduceBucketSizeInM: 0.004 } };
const STAGE_2 = {
  plugin: "LowLevelZeroPlugin",
  options: {
    ...{ stage: 2, reduceBucketSizeInM: 0.004 },
    ...{ overlapCommunication: false, overlapAllgather: true },
  },
};
const FSDP = { plugin: "TorchFSDPPlugin", options: {} };
/** Of the state most comes from the host, in several batches. */
const GEMINI = {
  plugin: "GeminiPlugin",
  options: { offloadOptimFrac: 0.9 },
  batchBytes: 2 ** 15,
};
const DDP = { plugin: "TorchDDPPlugin", options: {} };

/** @returns by case what each rank has; the first rank's numbers are those of all, as the digests say */
async function train(numRanks: number, cases: readonly Case[]): Promise<[Result, ...Result[]][]> {
  const byRank = (await runRanks("train-sharded.mjs", numRanks, {
    options: cases as object,
    environment: { OMP_NUM_THREADS: "1" },
  })) as Result[][];
  return cases.map((_, i) => byRank.map((results) => results[i]) as [Result, ...Result[]]);
}

/** How far the furthest of all numbers of `a`, times `factor`, is from that of `b`. */
function apart(a: unknown, b: unknown, factor = 1): number {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a * factor - b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object")
    return a === b ? 0 : Number.POSITIVE_INFINITY;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Math.max(
    0,
    ...[...keys].map((key) => apart(a[key as keyof typeof a], b[key as keyof typeof b], factor)),
  );
}

const ROUNDED = { precision: "bf16", masterWeights: false } as const;
const RULES = [
  { rule: "AdamW", ...ROUNDED },
  { rule: "AdamW" },
  { rule: "Lamb" },
  { rule: "AdamW8bit", settings: { min8bitSize: 0 } },
  { rule: "Muon" },
  { rule: "SGD", settings: { momentum: 0.9 } },
  { rule: "Muon", ...ROUNDED },
  { rule: "AdamW8bit", settings: { min8bitSize: 0 }, ...ROUNDED },
  { rule: "Adam" },
  { rule: "Lion", settings: { lr: 1e-3 } },
  { rule: "Lars", settings: { momentum: 0.9 } },
  { rule: "HybridAdam" },
  { rule: "Adafactor" },
  { rule: "CAME", settings: { lr: 1e-3 } },
  { rule: "GaLoreAdamW" },
  { rule: "GaLoreAdamW8bit", settings: { min8bitSize: 0 } },
];
/** Rules that see elements, whole tensors, blocks of elements and matrices; one that rounds at random. */
const SAMPLED_RULES = isMatrix ? RULES : RULES.slice(0, 5);

const OVERFLOWING = [STAGE_2, FSDP, GEMINI].map((way) => ({
  ...({ ...way, precision: "fp16", overflowing: 1, steps: 4 } as const),
}));
let running: ReturnType<typeof train> | undefined;

/** One launch for two tests: each rule under DDP and shared in three ways, then overflows. */
function onTwo(): ReturnType<typeof train> {
  const cases = SAMPLED_RULES.flatMap((each) => [
    { ...each, ...DDP },
    { ...each, ...STAGE_2 },
    { ...each, ...FSDP },
    { ...each, ...GEMINI },
  ]);
  running ??= train(2, [...cases, ...OVERFLOWING]);
  return running;
}

test("two ranks that share state have the weights, the state and the gradients of two that do not, whatever the rule sees", async () => {
  const found = await onTwo();
  for (const [i, { rule }] of SAMPLED_RULES.entries()) {
    const [[ddp], ...ways] = found.slice(4 * i, 4 * i + 4) as [[Result], ...[Result, Result][]];
    for (const sharded of ways) {
      const [first, second] = sharded;
      expect(second.digest, rule).toBe(first.digest);
      expect(apart(first.gradients, ddp.gradients), rule).toBe(0);
      expect(apart(first.norms, ddp.norms), rule).toBeLessThan(1e-6);
      // Norms of whole weights are added up in another order; elsewhere nothing is.
      const bound = rule === "Lamb" || rule === "Lars" ? 1e-6 : 0;
      expect(apart(first.weights, ddp.weights), rule).toBeLessThanOrEqual(bound);
      expect(apart(first.state, ddp.state), rule).toBeLessThanOrEqual(bound);
      for (const { heldBytes } of sharded)
        expect(heldBytes / ddp.heldBytes, rule).toBeLessThan(0.6); // half, and what padding makes uneven
    }
  }
});

const CLIPPED = { maxNorm: 0.5 };
const WAYS: readonly Case[] = (["fp32", "bf16", "fp16"] as const).flatMap((precision) =>
  [STAGE_1, STAGE_2, FSDP].map(({ plugin, options }) => ({
    ...{ plugin, precision, options: { ...options, ...CLIPPED } },
  })),
);
const ACCUMULATING = { accumulation: 3, steps: 3 };
const CASES: readonly Case[] = [
  { ...WAYS[0], ...ACCUMULATING, paused: true },
  { ...WAYS[1], ...ACCUMULATING },
  { ...WAYS[2], ...ACCUMULATING },
  ...WAYS.map((way) => ({ ...way, steps: isMatrix ? 20 : 5 })).filter(
    ({ precision }, i) => isMatrix || (precision !== "fp32" && i % 2 === 1), // stage 1 in bf16, FSDP there, stage 2 in fp16
  ),
];
/**
 * Of losses. In 20 steps, of the matrix, 1.5e-2 was seen in bfloat16 on two ranks and 2.7e-3 in float16 on four, both under DDP, and
 * no more where ranks share.
 */
const BOUNDS = { fp32: 1e-5, bf16: isMatrix ? 3e-2 : 1e-2, fp16: isMatrix ? 5e-3 : 4e-4 };

test.each(isMatrix ? [2, 4] : [2])(
  "%i ranks that share state train as one process with the whole batch: in every precision, clipped, accumulating",
  async (numRanks) => {
    const alone = CASES.map((each) => ({ ...each, ...DDP, options: CLIPPED, paused: false }));
    const [expected, found] = await Promise.all([train(1, alone), train(numRanks, CASES)]);
    for (const [i, ranks] of found.entries()) {
      const { precision = "fp32" } = CASES[i] as Case;
      const name = JSON.stringify(CASES[i]);
      const [[one], [first]] = [expected[i] as [Result], ranks];
      expect(new Set(ranks.map(({ digest }) => digest)).size, name).toBe(1);
      expect(apart(first.losses.slice(0, 1), one.losses.slice(0, 1)), name).toBeLessThan(
        precision === "fp32" ? 1e-6 : BOUNDS[precision],
      );
      expect(apart(first.losses, one.losses), name).toBeLessThan(BOUNDS[precision]);
      for (const { heldBytes } of ranks)
        expect(heldBytes / one.heldBytes, name).toBeLessThan(1.3 / numRanks);
      if (precision !== "fp32") continue;
      // Averaged over ranks until the step divides by tokens.
      expect(apart(first.gradients, one.gradients, numRanks), name).toBeLessThan(1e-6);
      expect(apart(first.weights, one.weights), name).toBeLessThan(1e-5);
    }
  },
);

test("an overflow on one rank skips the step of all slices, and halves the scale on all ranks", async () => {
  for (const [first, second] of (await onTwo()).slice(-OVERFLOWING.length) as [Result, Result][]) {
    expect(second.digest).toBe(first.digest);
    expect(first.scales).toEqual([65536, 65536, 32768, 32768]);
    expect(first.weights.flat().every((one) => Number.isFinite(one))).toBe(true);
    // The parameter that no loss depends on has made none.
    expect(new Set(first.state.flatMap((each) => each?.["step"] ?? []))).toEqual(new Set([0, 3]));
  }
});

const NUM_LOADING = isMatrix ? [1, 4] : [1];

test.each(isMatrix ? (["fp32", "bf16", "fp16"] as const) : (["bf16"] as const))(
  "in %s what two ranks share goes on under DDP and on other numbers of ranks, and what they do not share under this plugin",
  async (precision) => {
    const [sharded, whole, inParts, fromHost] = ["sharded", "whole", "in-parts", "from-host"].map(
      (name) => join(scratchFolder(), name),
    ) as [string, string, string, string];
    const [of, until] = [{ precision, steps: 5 }, { saveAt: 3 }];
    const saving = [
      { ...STAGE_1, ...of, ...until, folder: sharded },
      { ...DDP, ...of, ...until, folder: whole },
      { ...FSDP, ...of, ...until, folder: inParts },
      { ...GEMINI, ...of, ...until, folder: fromHost },
    ];
    const [[ahead]] = (await train(2, saving)) as [[Result]];
    const onward = { ...of, resume: true };
    const resumed = [
      { ...DDP, ...onward, folder: sharded },
      { ...STAGE_2, ...onward, folder: whole },
      { ...STAGE_1, ...onward, folder: sharded },
      { ...DDP, ...onward, folder: inParts },
      { ...FSDP, ...onward, folder: sharded },
      { ...FSDP, ...onward, folder: whole },
      { ...GEMINI, ...onward, folder: inParts },
      { ...DDP, ...onward, folder: fromHost },
    ];
    const onAsMany = isMatrix ? await train(2, resumed) : []; // of the contract, too
    for (const [i, [first]] of onAsMany.entries()) {
      expect(first.losses, JSON.stringify(resumed[i])).toEqual(ahead.losses.slice(3));
      expect(apart(first.state, ahead.state)).toBe(0);
      expect(apart(first.weights, ahead.weights)).toBe(0);
    }
    for (const numRanks of NUM_LOADING)
      for (const [i, [{ losses }]] of (await train(numRanks, resumed)).entries())
        expect(apart(losses, ahead.losses.slice(3)), JSON.stringify(resumed[i])).toBeLessThan(
          BOUNDS[precision],
        );
  },
);
