// Interrupts at random instants of training, generating and scopes, on one rank and on two: whatever was open is closed, and
// training goes on as if it had never been interrupted.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tries } from "../fixtures/matrix.js";
import { KernelUnderTest } from "./kernel-under-test.js";

const NUM_INTERRUPTS = tries(3, 200);
/** Steps that one interrupted cell makes at most. */
const MOST_STEPS = 40;
const NUM_REFERENCE_STEPS = 3 * MOST_STEPS;
/** After so many interrupts memory has reached what it will stay at. */
const NUM_WARM_UP = 20;
const LATEST_MS = 100;

const DEFINITIONS = `
import { AdamW, Booster, LlamaForCausalLM, backward, isGradEnabled, numLiveTensors, randn, scoped, setNumThreads, tensor } from "notebooster";
setNumThreads(1);
import { createHash } from "node:crypto";
import v8 from "node:v8"; import vm from "node:vm";
v8.setFlagsFromString("--expose-gc"); const collect = vm.runInNewContext("gc");
const sizes = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 4 };
const batches = Array.from({ length: 5 }, (_, k) =>
  tensor(BigInt64Array.from({ length: 64 }, (_, i) => BigInt((i * 7 + (rank + k) * i * i) % 60)), { shape: [4, 16] }));
async function make(isBoosted) {
  const model = new LlamaForCausalLM(sizes, { seed: 1 });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2 });
  if (!isBoosted) return { model, optimizer, goBackward: (loss) => backward(loss), parts: { model, optimizer } };
  const booster = new Booster();
  const parts = await booster.boost({ model, optimizer });
  return { model, optimizer: parts.optimizer, booster, goBackward: (loss) => booster.backward(loss, parts.optimizer), parts };
}
const stepsOf = ({ model, optimizer }) => optimizer.stateOf(model.parameters()[0])?.step ?? 0;
async function train(t, numSteps, isAccumulating) {
  const losses = [];
  for (let i = 0; i < numSteps; i++) {
    const step = stepsOf(t);
    const pass = (k) => { const { loss } = t.model.forward({ inputIds: batches[k % 5], labels: batches[k % 5] }); t.goBackward(loss); return loss.item(); };
    if (isAccumulating) { using _ = t.booster.noSync(t.optimizer); pass(step + 1); pass(step + 2); }
    losses.push(pass(step));
    t.optimizer.step();
    t.optimizer.zeroGrad();
    if (i % 4 === 3) await new Promise((resolve) => setImmediate(resolve));
  }
  return losses;
}
const digest = ({ model, optimizer }) => {
  const hash = createHash("sha1");
  for (const p of model.parameters()) { hash.update(p.detach().toBytes()); hash.update(optimizer.stateOf(p)?.expAvg.toBytes() ?? ""); }
  return parseInt(hash.digest("hex").slice(0, 12), 16);
};
const areEqual = (t) => { const d = digest(t); return t.booster === undefined || t.booster.reduce(d, "max") === -t.booster.reduce(-d, "max"); };
const youngGeneration = () => v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").physical_space_size;
async function settle() { for (let i = 0; i < 3; i++) { collect(); await new Promise((resolve) => setTimeout(resolve, 5)); } }
`;

interface Work {
  readonly name: string;
  /** What is interrupted. */
  readonly code: string;
  readonly isAccumulating?: boolean;
}

interface Found {
  readonly isGradEnabled: boolean;
  readonly step: number;
  readonly losses: readonly number[];
  readonly areEqual: boolean;
  readonly numLive: number;
  /** Less V8's young generation, which V8 sizes by itself (14 to 30 MiB in 600 interrupts). */
  readonly rss: number;
}

const TRAINING: Work = {
  name: "a plain loop",
  code: `await train(t, ${MOST_STEPS}, false); await new Promise(() => {});`,
};
const WITH_NO_SYNC: Work = {
  name: "a loop with noSync",
  code: `await train(t, ${MOST_STEPS}, true); await new Promise(() => {});`,
  isAccumulating: true,
};
const GENERATING: Work = {
  name: "generate",
  code: "for (;;) t.model.generate([1, 2, 3], { maxNewTokens: 30 })",
};
const SCOPED: Work = {
  name: "scoped",
  code: "for (;;) scoped(() => { scoped(() => randn([64, 64]).matmul(randn([64, 64]))); randn([64, 64]).add(1); })",
};

const kernel = new KernelUnderTest();
beforeAll(() => kernel.start());
afterAll(() => kernel.stop());

const ON_ONE = { numRanks: 1, works: [TRAINING, GENERATING, SCOPED] };
const ON_TWO = { numRanks: 2, works: [TRAINING, WITH_NO_SYNC] };

describe.each([ON_ONE, ON_TWO])("with $numRanks ranks", ({ numRanks, works }) => {
  const make = `await make(${numRanks > 1})`;
  beforeAll(async () => {
    if (numRanks > 1) await kernel.run(`%cluster ${numRanks}`);
    expect((await kernel.run(DEFINITIONS)).error).toBe("");
  });

  test.each(works)(
    `$name goes on after each of ${NUM_INTERRUPTS} interrupts as if there had been none`,
    async ({ name, code, isAccumulating = false }) => {
      const train = (t: string, steps: number) => `await train(${t}, ${steps}, ${isAccumulating})`;
      const reference = await value<number[]>(train(make, NUM_REFERENCE_STEPS));
      const instants = randomNumbers(name.length);
      const found: Found[] = [];
      await kernel.run(`globalThis.t = ${make};`);
      for (let i = 0; i < NUM_INTERRUPTS; i++) {
        const at = instants() * LATEST_MS;
        await interruptAfter(at, code);
        const state = await value<Found>(afterwards(train("t", 3)));
        found.push(state);
        const { step, losses, isGradEnabled, areEqual } = state;
        const expected = reference.slice(step, step + 3);
        expect({ i, at, step, losses, isGradEnabled, areEqual }).toEqual({
          i,
          at,
          step,
          losses: expected,
          isGradEnabled: true,
          areEqual: true,
        });
        if (step + 6 + MOST_STEPS > NUM_REFERENCE_STEPS) await kernel.run(`t = ${make};`);
      }
      expectFlat(found);
    },
    60_000 + NUM_INTERRUPTS * 5_000,
  );
});

async function value<T>(code: string): Promise<T> {
  const { result, error } = await kernel.run(`JSON.stringify(${code})`);
  expect(error).toBe("");
  return JSON.parse(String(result).slice(1, -1)) as T;
}

async function interruptAfter(ms: number, code: string): Promise<void> {
  const ending = kernel.run(`display({ "text/plain": "begun" });\n${code}`);
  await kernel.next((message) => message.header.msg_type === "display_data");
  await new Promise((resolve) => setTimeout(resolve, ms));
  await kernel.client.interrupt();
  const { reply, error } = await ending;
  expect(reply["ename"], error).toBe("InterruptedError");
  expect(reply["evalue"]).toContain("variables are intact");
}

const afterwards = (train: string): string => `await (async () => {
  const found = { isGradEnabled: isGradEnabled(), step: stepsOf(t), losses: ${train}, areEqual: areEqual(t) };
  await settle();
  return { ...found, numLive: numLiveTensors(), rss: process.memoryUsage().rss - youngGeneration() };
})()`;

function expectFlat(found: readonly Found[]): void {
  const settled = found.slice(Math.min(NUM_WARM_UP, found.length - 1));
  const lives = settled.map(({ numLive }) => numLive);
  expect(Math.max(...lives) - Math.min(...lives)).toBeLessThan(20); // what the last step left to V8, not one each time
  const [first, last] = [settled[0], settled.at(-1)];
  if (found.length > 2 * NUM_WARM_UP) expect(last?.rss).toBeLessThan((first?.rss ?? 0) * 1.05);
}

/** Mulberry32, from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
