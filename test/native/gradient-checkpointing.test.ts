// Layers that are computed again in the backward pass: the same gradients from less memory.
import {
  block,
  type Carried,
  countMemory,
  dropout,
  GPT2LMHeadModel,
  KVCache,
  keep,
  Linear,
  LlamaForCausalLM,
  Model,
  manualSeed,
  noGrad,
  numLiveTensors,
  ownGradients,
  randn,
  runBlock,
  scoped,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { batch } from "../fixtures/beside-transformers.js";

const SIZES = { vocabSize: 211, hiddenSize: 48, numHiddenLayers: 3, numAttentionHeads: 6 };
const MODELS = {
  "LLaMA with tied weights": () =>
    new LlamaForCausalLM({ ...SIZES, intermediateSize: 96, tieWordEmbeddings: true }),
  "GPT-2 with dropout": () => new GPT2LMHeadModel(SIZES),
};
type AnyModel = LlamaForCausalLM | GPT2LMHeadModel;

const gradients = (model: AnyModel): string[] =>
  model.parameters().map(({ grad }) => Buffer.from(grad?.toBytes() ?? []).toString("hex"));

function twoPasses(model: AnyModel): string[] {
  manualSeed(4);
  const { loss } = model.forward(batch(0));
  model.forward(batch(1)).loss.add(loss).backward();
  return gradients(model);
}

test.each(Object.entries(MODELS))("%s: gradients and losses are the same bits", (_, make) => {
  const whole = twoPasses(make());
  for (const options of [{}, { layers: 1 }]) {
    const model = make();
    model.gradientCheckpointingEnable(options);
    expect(model.isGradientCheckpointing).toBe(true);
    expect(twoPasses(model)).toEqual(whole);
    model.gradientCheckpointingDisable();
    model.zeroGrad();
    expect(twoPasses(model)).toEqual(whole);
  }
});

test("activations of the layers are not kept", () => {
  const sizes = { vocabSize: 16, hiddenSize: 256, intermediateSize: 512, numHiddenLayers: 8 };
  const model = new LlamaForCausalLM({ ...sizes, numAttentionHeads: 4 });
  const ids = zeros([4, 256], { dtype: "int64" });
  const held = (): number => {
    const outputs = [model.forward({ inputIds: ids, labels: ids })]; // what is made on first use
    const pass = (): unknown => outputs.push(model.forward({ inputIds: ids, labels: ids }));
    return countMemory(pass).heldBytes / 2 ** 20;
  };
  expect(held()).toBeGreaterThan(8 * 10); // each of 8 layers has an input of 1 MiB, and keeps more than ten times as much
  model.gradientCheckpointingEnable();
  expect(held()).toBeLessThan(8 * 1.5);
});

test("a pass leaves no tensor behind, whether a backward pass follows or not", () => {
  const model = MODELS["GPT-2 with dropout"]();
  model.gradientCheckpointingEnable();
  const pass = (goesBack: boolean): void =>
    scoped(() => {
      const { loss } = model.forward(batch(0));
      if (goesBack) loss.backward();
      model.zeroGrad();
    });
  pass(true);
  const live = numLiveTensors();
  for (let i = 0; i < 5; i++) pass(i % 2 === 0);
  expect(numLiveTensors()).toBe(live);
});

test("what the caller frees after the forward pass is still there in the backward pass", () => {
  const model = MODELS["GPT-2 with dropout"]();
  const run = (frees: boolean): string[] => {
    model.zeroGrad();
    manualSeed(4);
    const ids = tensor(
      BigInt64Array.from({ length: 16 }, (_, i) => BigInt(i)),
      { shape: [2, 8] },
    );
    const { loss } = model.forward({ inputIds: ids, labels: ids });
    if (frees) ids.dispose();
    loss.backward();
    return gradients(model);
  };
  const whole = run(false);
  model.gradientCheckpointingEnable();
  expect(run(true)).toEqual(whole);
});

test("a backward pass under noGrad, as any, has gradients", () => {
  const model = MODELS["GPT-2 with dropout"]();
  const whole = twoPasses(model);
  model.zeroGrad();
  model.gradientCheckpointingEnable();
  manualSeed(4);
  const { loss } = model.forward(batch(0));
  const sum = model.forward(batch(1)).loss.add(loss);
  noGrad(() => sum.backward());
  expect(gradients(model)).toEqual(whole);
});

test("layers are not computed again from other weights or in another mode", () => {
  const model = new GPT2LMHeadModel(SIZES);
  model.gradientCheckpointingEnable();
  const { loss } = model.forward(batch(0));
  noGrad(() => model.transformer.h[1]?.mlp.cProj.parameters()[0]?.mul_(2));
  expect(() => loss.backward()).toThrow(
    /a weight of a block that is to be computed again, float32 \[192, 48\], was written, moved or converted after the forward pass/,
  );
  const later = model.forward(batch(0)).loss;
  model.eval();
  expect(() => later.backward()).toThrow(/put into eval\(\) after the forward pass/);
});

test("blocks inside of a layer are part of it", () => {
  class Nested extends Model<Tensor, Tensor, Tensor> {
    layers = Array.from({ length: 2 }, () => new Linear(8, 8));
    protected override listBlocks() {
      return this.layers.map((layer, i) =>
        block(
          `layers.${i}`,
          [layer],
          ({ h }: { h?: Tensor }, x: Tensor) => {
            const inner = runBlock(layer, () => layer.forward(h ?? x).tanh());
            return { h: dropout(inner, 0.5).add(h ?? x) };
          },
          { isLayer: true },
        ),
      );
    }
    protected override begin(x: Tensor): Tensor {
      return x;
    }
    protected override end({ h }: Carried): Tensor {
      return h as Tensor;
    }
  }
  const model = new Nested();
  const ready: number[] = [];
  ownGradients(model.parameters(), {
    gradientReady: (parameter) => ready.push(model.parameters().indexOf(parameter)),
    passEnded: () => ready.push(-1),
    passFailed: () => expect.fail("no pass fails"),
  });
  const x = randn([4, 8]);
  const run = (): string[] => {
    model.zeroGrad();
    manualSeed(2);
    model.forward(x).sum().backward();
    return model.parameters().map(({ grad }) => Buffer.from(grad?.toBytes() ?? []).toString("hex"));
  };
  const whole = run();
  ready.length = 0;
  model.gradientCheckpointingEnable();
  expect(run()).toEqual(whole);
  expect(ready).toEqual([2, 3, 0, 1, -1]);
});

test("a layer that keeps something else when it is computed again is refused", () => {
  class Keeping extends Model<Tensor, Tensor, Tensor> {
    layer = new Linear(8, 8);
    numRuns = 0;
    protected override listBlocks() {
      const run = (_: Carried, x: Tensor): Carried => {
        const h = this.layer.forward(x);
        if (this.numRuns++ === 0) keep(h.mean());
        return { h };
      };
      return [block("layer", [this.layer], run, { isLayer: true })];
    }
    protected override begin(x: Tensor): Tensor {
      return x;
    }
    protected override end({ h }: Carried): Tensor {
      return h as Tensor;
    }
  }
  const model = new Keeping();
  model.gradientCheckpointingEnable();
  expect(() =>
    model
      .forward(randn([4, 8]))
      .sum()
      .backward(),
  ).toThrow(/computed again gave 1 tensors with a gradient.*and 2 in the forward pass/);
});

test("a KV cache is refused while layers are computed twice, and serves where they are not", () => {
  const model = MODELS["LLaMA with tied weights"]();
  const { inputIds } = batch(0);
  model.gradientCheckpointingEnable();
  const withCache = (): number => {
    using cache = new KVCache(64);
    model.forward({ inputIds, cache });
    return cache.length;
  };
  expect(withCache).toThrow(/gradient checkpointing computes layers twice/);
  expect(noGrad(withCache)).toBe(inputIds.shape[1]);
  model.eval();
  expect(withCache()).toBe(inputIds.shape[1]);
  expect(model.generate([1, 2, 3], { maxNewTokens: 2 }).shape).toEqual([1, 5]);
});
