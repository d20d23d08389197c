// Mixed precision in one process: loss scaling by torch.amp.GradScaler's rules, masters that follow what is loaded, and
// nothing left over of an earlier boost.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  AdamW,
  BatchNorm1d,
  type BoostedOptimizer,
  Booster,
  Linear,
  LlamaForCausalLM,
  manualSeed,
  numLiveTensors,
  ReLU,
  randn,
  Sequential,
  SGD,
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

const NORMED = `
import torch
weights, batches, dtype = args[0], torch.tensor(args[1]), getattr(torch, args[2])
masters = [torch.nn.Parameter(torch.tensor(w, dtype=torch.float32)) for w in weights]
mean, var = torch.zeros(4), torch.ones(4)
for x in batches:
    up, bias, scale, shift, head, end = [m if i in (2, 3) else m.to(dtype) for i, m in enumerate(masters)]
    hidden = torch.nn.functional.linear(x.to(dtype), up, bias)
    normed = torch.nn.functional.batch_norm(hidden, mean, var, scale, shift, True, 0.1)
    assert normed.dtype == dtype
    torch.nn.functional.linear(normed.relu(), head, end).float().square().mean().backward()
    with torch.no_grad():
        for m in masters:
            m -= 0.05 * m.grad
            m.grad = None
print(json.dumps({"mean": mean.tolist(), "var": var.tolist(), "scale": masters[2].tolist()}))
`;

test.each([
  ["bf16", "bfloat16"],
  ["fp16", "float16"],
] as const)(
  "in %s batch normalisation keeps float32 weights and statistics, PyTorch's",
  async (mixedPrecision, dtype) => {
    manualSeed(3);
    const norm = new BatchNorm1d(4);
    const model = new Sequential(new Linear(6, 4), norm, new ReLU(), new Linear(4, 2));
    const weights = model.parameters().map((each) => each.toArray());
    const batches = randn([60, 8, 6]).add(3);
    const lossScaler = { initialScale: 1 }; // the first steps would be skipped
    const plugin = new TorchDDPPlugin({ device: "cpu", lossScaler });
    const booster = new Booster({ plugin, mixedPrecision });
    const { optimizer } = await booster.boost({
      model,
      optimizer: new SGD(model.parameters(), { lr: 0.05 }),
    });
    const dtypes = [...model.parameters(), ...model.buffers()].map((each) => each.dtype);
    const full = ["float32", "float32"];
    expect(dtypes).toEqual([dtype, dtype, ...full, dtype, dtype, ...full, "int64"]);
    for (const x of batches) {
      booster.backward(model.forward(x.to(dtype)).float().square().mean(), optimizer);
      optimizer.step();
      optimizer.zeroGrad();
    }
    const found = { mean: norm.runningMean, var: norm.runningVar, scale: norm.weight };
    const wanted = python(NORMED, weights, batches.toArray(), dtype) as Record<string, number[]>;
    for (const [name, numbers] of Object.entries(found))
      for (const [i, one] of Array.from(numbers?.toTypedArray() as Float32Array).entries())
        expect(one, `${name}[${i}]`).toBeCloseTo(wanted[name]?.[i] as number, 3);
  },
);
