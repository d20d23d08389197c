// Mixed precision in one process: loss scaling by torch.amp.GradScaler's rules, masters that follow what is loaded, and
// nothing left over of an earlier boost.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  AdamW,
  type BoostedOptimizer,
  Booster,
  LlamaForCausalLM,
  numLiveTensors,
  scoped,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const sizes = {
  vocabSize: 40,
  hiddenSize: 16,
  intermediateSize: 32,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
};
const ids = tensor([[1, 5, 9, 2]]);
const bytes = (model: LlamaForCausalLM): string =>
  model
    .parameters()
    .map((p) => Buffer.from(p.toBytes()).toString("hex"))
    .join();

const SCALER = `
import torch
weight = torch.nn.Parameter(torch.ones(1))
optimizer = torch.optim.SGD([weight], lr=0.0)
scaler = torch.amp.GradScaler("cpu", init_scale=args[0], growth_interval=args[1])
scales = []
for overflows in args[2]:
    scaler.scale((weight * (float("inf") if overflows else 1.0)).sum()).backward()
    scaler.step(optimizer); scaler.update(); optimizer.zero_grad()
    scales.append(scaler.get_scale())
print(json.dumps(scales))
`;

test("the scale goes as torch.amp.GradScaler's, and a step that overflowed changes no weight", async () => {
  const model = new LlamaForCausalLM(sizes, { seed: 1 });
  const lossScaler = { initialScale: 1024, growthInterval: 2 };
  const booster = new Booster({
    plugin: new TorchDDPPlugin({ device: "cpu", lossScaler }),
    mixedPrecision: "fp16",
  });
  const { optimizer } = await booster.boost({ model, optimizer: new AdamW(model.parameters()) });
  const overflows = [false, false, false, true, true, false, false, false];
  const scales = overflows.map((isHuge) => {
    const before = bytes(model);
    const { loss } = model.forward({ inputIds: ids, labels: ids });
    booster.backward(loss.mul(isHuge ? 1e9 : 1), optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    expect(bytes(model) === before).toBe(isHuge);
    return optimizer.scaler?.scale.item();
  });
  expect(scales).toEqual(python(SCALER, 1024, 2, overflows));
  expect(optimizer.stateOf(model.parameters()[0] as never)?.["step"]).toBe(6);
});

test("in float16 loss.backward(), which scales nothing, is refused; in bfloat16 it is booster.backward", async () => {
  const trained = async (mixedPrecision: "bf16" | "fp16", isByLoss: boolean): Promise<string> => {
    const model = new LlamaForCausalLM(sizes, { seed: 1 });
    const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }), mixedPrecision });
    const { optimizer } = await booster.boost({ model, optimizer: new AdamW(model.parameters()) });
    const { loss } = model.forward({ inputIds: ids, labels: ids });
    if (isByLoss) loss.backward();
    else booster.backward(loss, optimizer);
    optimizer.step();
    return bytes(model);
  };
  await expect(trained("fp16", true)).rejects.toThrow(/float16 needs; call booster\.backward/);
  expect(await trained("bf16", true)).toBe(await trained("bf16", false));
});

test.each(["bf16", "fp16"] as const)(
  "weights loaded after boost() in %s are those that the next step updates",
  async (mixedPrecision) => {
    const folder = scratchFolder();
    const other = new LlamaForCausalLM(sizes, { seed: 9 });
    await other.savePretrained(`${folder}/model`);
    const train = async (isLoadedLater: boolean): Promise<string> => {
      const model = new LlamaForCausalLM(sizes, { seed: isLoadedLater ? 1 : 9 });
      const booster = new Booster({
        plugin: new TorchDDPPlugin({ device: "cpu" }),
        mixedPrecision,
      });
      const { optimizer } = await booster.boost({
        model,
        optimizer: new AdamW(model.parameters(), { lr: 1e-4 }),
      });
      if (isLoadedLater) await booster.loadModel(model, `${folder}/model`);
      booster.backward(model.forward({ inputIds: ids, labels: ids }).loss, optimizer);
      optimizer.step();
      return bytes(model);
    };
    expect(await train(true)).toBe(await train(false));
  },
);

test("boosting the same model and new ones twenty times leaves nothing behind", async () => {
  const model = new LlamaForCausalLM(sizes, { seed: 1 });
  const lives: number[] = [];
  for (let i = 0; i < 20; i++) {
    for (const each of [model, new LlamaForCausalLM(sizes, { seed: 2 })]) {
      const booster = new Booster({
        plugin: new TorchDDPPlugin({ device: "cpu" }),
        mixedPrecision: i % 2 ? "bf16" : "fp32",
      });
      const { optimizer } = await booster.boost({
        model: each,
        optimizer: new AdamW(each.parameters()),
      });
      step(booster, each, optimizer);
    }
    await collected();
    lives.push(numLiveTensors());
  }
  for (const isSixteenBits of [0, 1]) {
    const [first, ...later] = lives.slice(2).filter((_, i) => i % 2 === isSixteenBits);
    expect(later).toEqual(new Array(later.length).fill(first));
  }
});

/** After V8 has freed what nobody holds. */
async function collected(): Promise<void> {
  setFlagsFromString("--expose-gc");
  for (let i = 0; i < 3; i++) {
    runInNewContext("gc")();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function step(booster: Booster, model: LlamaForCausalLM, optimizer: BoostedOptimizer): void {
  scoped(() => booster.backward(model.forward({ inputIds: ids, labels: ids }).loss, optimizer));
  optimizer.step();
  optimizer.zeroGrad();
}
