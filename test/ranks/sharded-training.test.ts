// Ranks that share optimizer state and the update, against ranks that each have all of it. plugin-matrix.test.ts has one process with the
// whole batch beside every plugin.
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

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
  readonly overflowing?: number;
  readonly batchBytes?: number;
  readonly steps?: number;
}

/** Small buckets, so that there are many; stage 2 keeps two of them at most. */
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
/** All of the state, and some weights: layers, and not what is tied. */
const WEIGHTS = {
  plugin: "GeminiPlugin",
  options: { offloadOptimFrac: 1, offloadParamFrac: 0.6 },
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

const OVERFLOWING = [STAGE_2, FSDP, GEMINI, WEIGHTS].map((way) => ({
  ...({ ...way, precision: "fp16", overflowing: 1, steps: 4 } as const),
}));
let running: ReturnType<typeof train> | undefined;

/** One launch for two tests: each rule under DDP and shared in four ways, then overflows. */
function onTwo(): ReturnType<typeof train> {
  const cases = SAMPLED_RULES.flatMap((each) => [
    { ...each, ...DDP },
    { ...each, ...STAGE_2 },
    { ...each, ...FSDP },
    { ...each, ...GEMINI },
    { ...each, ...WEIGHTS },
  ]);
  running ??= train(2, [...cases, ...OVERFLOWING]);
  return running;
}

test("two ranks that share state have the weights, the state and the gradients of two that do not, whatever the rule sees", async () => {
  const found = await onTwo();
  for (const [i, { rule }] of SAMPLED_RULES.entries()) {
    const [[ddp], ...ways] = found.slice(5 * i, 5 * i + 5) as [[Result], ...[Result, Result][]];
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
const ALONE = [
  { precision: "fp32" },
  { precision: "bf16", steps: 5 },
  { precision: "fp16" },
] as const;

test("one rank with weights and state in host memory trains as with all on its device, to the bit", async () => {
  const rules = SAMPLED_RULES.flatMap((each) => [
    { ...each, ...DDP },
    { ...each, ...WEIGHTS },
  ]);
  const onHost = { ...WEIGHTS.options, ...CLIPPED };
  const ways = ALONE.flatMap((each) => [
    { ...each, ...DDP, options: CLIPPED },
    { ...each, ...WEIGHTS, options: onHost },
    { ...each, ...WEIGHTS, options: { ...onHost, offloadParamFrac: 1, overlapUpdate: true } },
  ]);
  const found = (await train(1, [...rules, ...ways])).map(([first]) => first);
  const same = (a: Result | undefined, b: Result | undefined, name: string) => {
    expect(a?.digest, name).toBeDefined();
    expect(a?.digest, name).toBe(b?.digest); // of losses, norms, scales, gradients, weights and state
  };
  for (const [i, each] of SAMPLED_RULES.entries())
    same(found[2 * i], found[2 * i + 1], JSON.stringify(each));
  const rest = found.slice(rules.length);
  for (let i = 0; i < rest.length; i += 3)
    for (const other of [1, 2]) same(rest[i], rest[i + other], JSON.stringify(ways[i]));
});

test("an overflow on one rank skips the step of all slices, and halves the scale on all ranks", async () => {
  for (const [first, second] of (await onTwo()).slice(-OVERFLOWING.length) as [Result, Result][]) {
    expect(second.digest).toBe(first.digest);
    expect(first.scales).toEqual([65536, 65536, 32768, 32768]);
    expect(first.weights.flat().every((one) => Number.isFinite(one))).toBe(true);
    // The parameter that no loss depends on has made none.
    expect(new Set(first.state.flatMap((each) => each?.["step"] ?? []))).toEqual(new Set([0, 3]));
  }
});
