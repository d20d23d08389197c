// Optimizers and schedules on their own: our format, and the safetensors that Colossal-AI writes of an optimizer.
import fs from "node:fs";
import path from "node:path";
import { AdamW, LambdaLR, type Module, type Tensor } from "notebooster";
import { expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { python } from "../fixtures/python.js";
import { make, type Training, train } from "../fixtures/saved-training.js";
import { scratchFolder } from "../fixtures/scratch.js";

test("model, optimizer and schedule saved one by one are what a checkpoint holds of them", async () => {
  const folder = scratchFolder();
  const at = (name: string) => path.join(folder, name);
  const first = await make("fp16");
  train(first, 3);
  const { model, optimizer, lrScheduler } = first.parts;
  await first.booster.saveModel(model, at("model"));
  await first.booster.saveOptimizer(optimizer, at("optimizer"), {
    shard: true,
    sizePerShard: 0.004,
  });
  await first.booster.saveLrScheduler(lrScheduler, at("schedules/lr.json"));
  expect(fs.readdirSync(at("optimizer")).length).toBeGreaterThan(6);
  const second = await make("fp16");
  await second.booster.loadModel(second.parts.model, at("model"));
  await second.booster.loadOptimizer(second.parts.optimizer, at("optimizer"));
  await second.booster.loadLrScheduler(second.parts.lrScheduler, at("schedules/lr.json"));
  second.parts.dataloader.loadState(first.parts.dataloader.state());
  expect(second.parts.lrScheduler.state().step).toBe(3);
  expect(train(second, 4)).toEqual(train(first, 4));
});

test.each(["bf16", "fp16"] as const)(
  "in %s an optimizer loaded before its weights, or after others, is refused and leaves the model as it is",
  async (precision) => {
    const folder = scratchFolder();
    const at = (name: string) => path.join(folder, name);
    const first = await make(precision);
    train(first, 2);
    await first.booster.saveModel(first.parts.model, at("model"));
    await first.booster.saveOptimizer(first.parts.optimizer, at("optimizer"));
    const saved = mastersOf(first);
    train(first, 3);
    await first.booster.saveModel(first.parts.model, at("other"));

    const { booster, parts } = await make(precision);
    for (const load of [() => undefined, () => booster.loadModel(parts.model, at("other"))]) {
      await load();
      const weights = weightsOf(parts.model);
      await expect(booster.loadOptimizer(parts.optimizer, at("optimizer"))).rejects.toThrow(
        /^\S+optimizer-00001-of-00001\.json: holds the weights in full precision of another model .* first, with loadModel\(\)/,
      );
      expect(weightsOf(parts.model)).toEqual(weights);
    }
    await booster.loadModel(parts.model, at("model"));
    await booster.loadOptimizer(parts.optimizer, at("optimizer"));
    expect(mastersOf({ parts })).toEqual(saved);
    await booster.loadModel(parts.model, at("other"));
    expect(weightsOf(parts.model)).toEqual(weightsOf(first.parts.model));

    const exact = await make("fp32");
    await exact.booster.loadModel(exact.parts.model, at("model"));
    await exact.booster.loadOptimizer(exact.parts.optimizer, at("optimizer"));
    expect(weightsOf(exact.parts.model)).toEqual(saved);
  },
);

function weightsOf(model: Module): unknown[] {
  return model.parameters().map((parameter) => parameter.toArray());
}

function mastersOf({ parts: { model, optimizer } }: Pick<Training, "parts">): unknown[] {
  const masters = model.parameters().map((each) => optimizer.stateOf(each)?.["master"] as Tensor);
  return masters.map((master) => master.toArray());
}

test("an optimizer's folder and a schedule's file are refused where they do not fit", async () => {
  const folder = scratchFolder();
  const first = await make("fp32");
  train(first, 2);
  await first.booster.saveOptimizer(first.parts.optimizer, path.join(folder, "optimizer"));
  await first.booster.saveLrScheduler(first.parts.lrScheduler, path.join(folder, "lr.json"));
  const { booster, parts } = await make("fp16");
  await expect(booster.loadOptimizer(parts.optimizer, folder)).rejects.toThrow(
    "holds no optimizer.json, optimizer.safetensors.index.json or optimizer.safetensors; is it an optimizer's folder?",
  );
  const other = new LambdaLR(parts.optimizer, () => 1);
  await expect(booster.loadLrScheduler(other, path.join(folder, "lr.json"))).rejects.toThrow(
    '"lrScheduler" is the state of CosineAnnealingWarmupLR, the one given is LambdaLR',
  );
  const unboosted = new AdamW(parts.model.parameters());
  await expect(booster.saveOptimizer(unboosted, path.join(folder, "x"))).rejects.toThrow(
    "saveOptimizer: optimizer must be one that boost() returned, since its model names what is saved",
  );
});

/**
 * As colossalai/utils/safetensors.py lays it out: `state.ID.NAME`, numbers pickled into bytes. Even parameters have their step as a
 * tensor, as torch.optim, odd ones as a number, as the fused optimizers.
 */
const COLOSSAL = `
import pickle, torch
from safetensors.torch import save_file
def save(folder, shapes, single):
  torch.manual_seed(0)
  params = [torch.nn.Parameter(torch.randn(shape)) for shape in shapes]
  optimizer = torch.optim.AdamW(params, lr=1e-3)
  for _ in range(3):
      for p in params: p.grad = torch.randn_like(p)
      optimizer.step()
  def pickled(value): return torch.frombuffer(bytearray(pickle.dumps(value)), dtype=torch.uint8)
  def flat(ids):
      tensors, pickles = {}, []
      for i in ids:
          for name, value in optimizer.state_dict()["state"][i].items():
              key = f"state.{i}.{name}"
              if name == "step" and i % 2: tensors[key] = pickled(int(value)); pickles.append(key)
              else: tensors[key] = value
      return tensors, pickles
  def write(name, ids, more={}):
      tensors, pickles = flat(ids)
      save_file({**tensors, **more}, f"{folder}/{name}", metadata={"format": "pt", "non_tensor_keys": json.dumps(pickles + list(more))})
  ids = list(range(len(params)))
  if single: write("optimizer.safetensors", ids, {"param_groups": pickled(optimizer.state_dict()["param_groups"])})
  else:
      halves = [ids[:9], ids[9:]]
      names = ["optimizer-00001.safetensors", "optimizer-00002.safetensors"]
      for name, half in zip(names, halves): write(name, half)
      weight_map = {str(i): name for name, half in zip(names, halves) for i in half}
      json.dump({"metadata": {"param_groups": "pytorch_optim_group.bin", "total_size": 0.01}, "weight_map": weight_map}, open(f"{folder}/optimizer.safetensors.index.json", "w"))
for case in args[0]: save(*case)
print("null")`;

test.each([true, false])(
  "state that Colossal-AI wrote as safetensors is read, in one file: %s; pickles that are no numbers are left alone",
  async (isSingle) => {
    const folder = scratchFolder();
    const { booster, parts } = await make("fp32");
    const { model, optimizer } = parts;
    const shapes = model.parameters().map(({ shape }) => shape);
    python(COLOSSAL, [[folder, shapes, isSingle]]);
    await booster.loadOptimizer(optimizer, folder);
    const files = fs.readdirSync(folder).filter((name) => name.endsWith(".safetensors"));
    for (const name of files) {
      using file = SafetensorsFile.open(path.join(folder, name));
      for (const key of file.tensors.keys()) {
        const [, id, of] = key.split(".");
        const parameter = model.parameters()[Number(id)];
        if (parameter === undefined || !of?.startsWith("exp")) continue;
        const own = optimizer.stateOf(parameter)?.[of === "exp_avg" ? "expAvg" : "expAvgSq"];
        expect((own as Tensor).toBytes()).toEqual(file.read(key));
      }
    }
    expect(model.parameters().map((each) => optimizer.stateOf(each)?.["step"])).toEqual(
      model.parameters().map(() => 3),
    );
    train({ booster, parts }, 1);
  },
);

test("what such files lack or have too much of is refused and nothing has changed", async () => {
  const { booster, parts } = await make("fp32");
  const { model, optimizer } = parts;
  const shapes = model.parameters().map(({ shape }) => shape);
  const cases = [
    [[...shapes.slice(0, -1), [9]], "lm_head.weight/expAvg is [9], its parameter is [20, 8]"],
    [[...shapes, [9]], "with an ID below 21, the optimizer's parameters"],
    [shapes.slice(0, -1), "lacks optimizer/lm_head.weight/expAvg"],
  ] as const;
  const folders = cases.map(() => scratchFolder());
  python(
    COLOSSAL,
    cases.map(([given], i) => [folders[i], given, true]),
  );
  for (const [i, [, says]] of cases.entries())
    await expect(booster.loadOptimizer(optimizer, folders[i] as string)).rejects.toThrow(says);
  expect(model.parameters().some((each) => optimizer.stateOf(each) !== undefined)).toBe(false);
});
