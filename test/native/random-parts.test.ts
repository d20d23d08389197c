// What blocks draw while training depends on one draw of the CPU's generator and on their place, and on nothing else.
import {
  AdamW,
  block,
  type Carried,
  dropout,
  empty,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  Model,
  manualSeed,
  ones,
  randn,
  rngState,
  setRngState,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { batch } from "../fixtures/beside-transformers.js";

const SIZES = { vocabSize: 211, hiddenSize: 48, numHiddenLayers: 2, numAttentionHeads: 6 };
const bits = (tensor: Tensor): string => Buffer.from(tensor.toBytes()).toString("hex");

/** Two blocks that drop half of what they are given; the first may draw more than that. */
class Dropping extends Model<Tensor, Tensor, Tensor[]> {
  /** Numbers that the first block draws besides. */
  numMore = 0;

  protected override listBlocks() {
    const drop = (x: Tensor): Tensor => dropout(x, 0.5);
    return [
      block("first", [], (_, x: Tensor) => {
        if (this.numMore > 0) randn([this.numMore]);
        return { first: drop(x), x };
      }),
      block("second", [], ({ first, x }: { first: Tensor; x: Tensor }) => ({
        first,
        second: drop(x),
      })),
    ];
  }
  protected override begin(x: Tensor): Tensor {
    return x;
  }
  protected override end(carried: Carried): Tensor[] {
    return [carried["first"] as Tensor, carried["second"] as Tensor];
  }
}

test("manualSeed decides what is dropped; each pass and each block drops other elements", () => {
  const model = new Dropping();
  const masks = (): string[] => model.forward(ones([1000])).map(bits);
  manualSeed(1);
  const [first, second] = [masks(), masks()];
  expect(new Set([...first, ...second]).size).toBe(4);
  manualSeed(1);
  expect([masks(), masks()]).toEqual([first, second]);
  manualSeed(2);
  expect(masks()).not.toEqual(first);
});

test("what one block draws changes nothing for the next block and for who draws after the pass", () => {
  const model = new Dropping();
  const draw = (): string[] => {
    manualSeed(5);
    return [...model.forward(ones([1000])).slice(1), randn([4])].map(bits);
  };
  const plain = draw();
  model.numMore = 17; // an odd number: normal numbers are made in pairs, one of which a generator keeps
  expect(draw()).toEqual(plain);
});

test("a pass moves the generator on by one draw while training, and not at all after eval()", () => {
  const next = (model: GPT2LMHeadModel | LlamaForCausalLM, training: boolean): string => {
    manualSeed(3);
    randn([1]); // leaves a normal number over, which must still be there
    model.train(training).forward(batch(0));
    return bits(randn([4]));
  };
  const models = [
    new GPT2LMHeadModel(SIZES),
    new LlamaForCausalLM({ ...SIZES, intermediateSize: 96 }),
  ];
  const afterDraws = (count: number): string => {
    manualSeed(3);
    randn([1]);
    for (let i = 0; i < count; i++) empty([1], { dtype: "int64" }).random_(); // 64 bits of the generator
    return bits(randn([4]));
  };
  for (const model of models) {
    expect(next(model, true)).toBe(afterDraws(1));
    expect(next(model, false)).toBe(afterDraws(0));
  }
});

test("a block that throws leaves the generator as a pass does that ends", () => {
  const model = new Dropping();
  manualSeed(3);
  model.forward(ones([10]));
  const after = bits(randn([4]));
  manualSeed(3);
  model.numMore = 0.5;
  expect(() => model.forward(ones([10]))).toThrow();
  expect(bits(randn([4]))).toBe(after);
});

test("training with dropout goes on to the bit from a saved generator state", () => {
  const model = new GPT2LMHeadModel(SIZES);
  const optimizer = new AdamW(model.parameters(), { lr: 0 });
  const losses = (): number[] =>
    Array.from({ length: 3 }, (_, i) => {
      const { loss } = model.forward(batch(i));
      loss.backward();
      optimizer.step();
      optimizer.zeroGrad();
      return loss.item();
    });
  manualSeed(9);
  losses();
  const state = rngState();
  const whole = losses();
  losses();
  setRngState(state);
  expect(losses()).toEqual(whole);
});
