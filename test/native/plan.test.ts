// Plans are data, made without processes; what cannot be done is refused with a remedy.
import {
  AdamW,
  BatchNorm1d,
  Booster,
  block,
  type Carried,
  type GeminiOptions,
  GeminiPlugin,
  Job,
  Linear,
  type LowLevelZeroOptions,
  LowLevelZeroPlugin,
  Model,
  type Optimizer,
  type Plan,
  PlanError,
  type Plugin,
  randn,
  SGD,
  type Tensor,
  TorchDDPPlugin,
  type TorchFSDPOptions,
  TorchFSDPPlugin,
} from "notebooster";
import { Mesh } from "notebooster/parallel";
import { expect, test } from "vitest";

test("TorchDDPPlugin plans for any number of processes, alike each time", () => {
  const plugin = new TorchDDPPlugin({ device: "cpu", maxNorm: 1, lossScaler: { initialScale: 8 } });
  expect(plugin.plan({ worldSize: 512, precision: "fp16" })).toEqual({
    mesh: { dp: 512 },
    precision: { compute: "float16", masterWeights: true, lossScaling: { initialScale: 8 } },
    gradients: { bucketBytes: 25 * 2 ** 20, maxNorm: 1, unusedExpected: false, overlap: true },
    store: { parameters: "replicated", gradients: "replicated", state: "replicated" },
    broadcastBuffers: true,
    syncBatchNorm: true,
    refuses: {},
  });
  const plan = new TorchDDPPlugin({ device: "cpu" }).plan({ worldSize: 1, precision: "fp32" });
  expect(plan.precision).toEqual({
    compute: "float32",
    masterWeights: false,
    lossScaling: undefined,
  });
  expect(plan.gradients.maxNorm).toBeUndefined();
  expect(new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) }).placement).toEqual(plan);
});

test("LowLevelZeroPlugin shares state, and in stage 2 gradients, which noSync would make whole", () => {
  const plan = (options: LowLevelZeroOptions) =>
    new LowLevelZeroPlugin({ device: "cpu", ...options }).plan({ worldSize: 8, precision: "bf16" });
  const [first, second] = [plan({}), plan({ stage: 2, overlapCommunication: false })];
  expect(first.store).toEqual({
    parameters: "replicated",
    gradients: "replicated",
    state: "sharded",
  });
  expect(first.gradients).toMatchObject({ bucketBytes: 24 * 2 ** 20, overlap: true });
  expect(first.refuses).toEqual({});
  expect(second.store).toEqual({ ...first.store, gradients: "sharded" });
  expect(second.gradients.overlap).toBe(false);
  expect([first.overlapUpdate, plan({ overlapAllgather: true }).overlapUpdate]).toEqual([
    false,
    true,
  ]);
  expect(second.refuses.noSync?.[1]).toContain("stage: 1");
});

test("TorchFSDPPlugin shares all, gathers a block ahead unless told otherwise, and refuses noSync", () => {
  const plan = (options: TorchFSDPOptions) =>
    new TorchFSDPPlugin({ device: "cpu", ...options }).plan({ worldSize: 8, precision: "bf16" });
  const [first, second] = [plan({}), plan({ prefetch: false, maxNorm: 2 })];
  expect(first.store).toEqual({ parameters: "sharded", gradients: "sharded", state: "sharded" });
  expect([first.prefetch, second.prefetch]).toEqual([true, false]);
  expect(second.gradients.maxNorm).toBe(2);
  expect(first.refuses.noSync?.[1]).toContain("stage: 1");
});

test("GeminiPlugin has state on the host as the fraction says, or all of it until a step was seen", () => {
  const store = (options: GeminiOptions) =>
    new GeminiPlugin({ device: "cpu", ...options }).plan({ worldSize: 8, precision: "bf16" }).store;
  expect(store({}).stateOnHost).toBeUndefined();
  expect(store({ offloadOptimFrac: 0.25, shardParamFrac: 0 })).toEqual({
    ...{ parameters: "replicated", gradients: "sharded", state: "sharded" },
    stateOnHost: { fraction: 0.25 },
  });
  expect(store({ placementPolicy: "auto" }).stateOnHost).toEqual({ fraction: 1, ratio: 0.9 });
  expect(() => store({ placementPolicy: "auto", offloadOptimFrac: 0.5 })).toThrow(
    'GeminiPlugin: offloadOptimFrac: placementPolicy is "auto", which does not read it; leave it out, or give placementPolicy: "static"',
  );
  expect(() => store({ steadyCudaCapRatio: 0.5 })).toThrow(/steadyCudaCapRatio: .*"static"/);
});

test("an optimizer of one's own keeps its state, so a plan that has it on the host is refused", async () => {
  const model = new Linear(2, 2);
  const inner = new AdamW(model.parameters());
  const own: Optimizer = {
    paramGroups: inner.paramGroups,
    step: () => inner.step(),
    stepScaled: (by) => inner.stepScaled(by),
    zeroGrad: () => inner.zeroGrad(),
    stateOf: (parameter) => inner.stateOf(parameter),
    describeState: (parameter) => inner.describeState(parameter),
    loadState: (parameter, state) => inner.loadState(parameter, state),
    useMasterWeights: (originals) => inner.useMasterWeights(originals),
  };
  const booster = new Booster({ plugin: new GeminiPlugin({ device: "cpu", offloadOptimFrac: 1 }) });
  await expect(booster.boost({ model, optimizer: own })).rejects.toThrow(PlanError);
});

test("options of Colossal-AI's TorchFSDPPlugin that are none here are refused with what to do", () => {
  for (const option of [
    ...["processGroup", "shardingStrategy", "cpuOffload", "autoWrapPolicy", "backwardPrefetch"],
    ...["mixedPrecision", "ignoredModules", "paramInitFn", "syncModuleStates", "fp8Communication"],
  ]) {
    const make = () => new TorchFSDPPlugin({ [option]: 1 } as object);
    expect(make).toThrow(PlanError);
    expect(make).toThrow(new RegExp(`^TorchFSDPPlugin: ${option}: .+; (leave it out|give ).*$`));
  }
});

test("options of Colossal-AI's LowLevelZeroPlugin that are none here are refused with what to do", () => {
  for (const option of ["precision", "masterWeights", "extraDpSize", "verbose"]) {
    const make = () => new LowLevelZeroPlugin({ [option]: 1 } as object);
    expect(make).toThrow(PlanError);
    expect(make).toThrow(new RegExp(`^LowLevelZeroPlugin: ${option}: .+; (leave it out|give .+)$`));
  }
});

test("options of Colossal-AI's plugin that are none here are refused with the reason", () => {
  for (const option of [
    "gradientAsBucketView",
    "staticGraph",
    "checkReduction",
    "fp8Communication",
  ]) {
    const make = () => new TorchDDPPlugin({ [option]: true } as object);
    expect(make).toThrow(PlanError);
    expect(make).toThrow(new RegExp(`^TorchDDPPlugin: ${option}: .+; leave it out$`));
  }
  expect(() => new TorchDDPPlugin({ bucketCap: 3 } as object)).toThrow(/did you mean bucketCapMb/);
  expect(() => new TorchDDPPlugin(null as never)).toThrow(/takes an object of options/);
});

test("what a plan refuses is refused when it is asked for, with a remedy", async () => {
  const ddp = new TorchDDPPlugin({ device: "cpu" });
  const plugin: Plugin = {
    name: "OwnPlugin",
    device: "cpu",
    plan: (request): Plan => ({
      ...ddp.plan(request),
      refuses: { noSync: ["gradients are sharded", "give larger micro-batches"] },
    }),
  };
  const booster = new Booster({ plugin });
  const model = new Linear(2, 2);
  const { optimizer } = await booster.boost({
    model,
    optimizer: new SGD(model.parameters(), { lr: 1 }),
  });
  expect(() => booster.noSync(optimizer)).toThrow(PlanError);
  expect(() => booster.noSync(optimizer)).toThrow(
    "OwnPlugin: noSync: gradients are sharded; give larger micro-batches",
  );
});

test("a mesh has as many places as the job has ranks", () => {
  const job = new Job("cpu");
  expect(() => new Mesh(job, { dp: 2, tp: 3 })).toThrow(
    /dp 2 x tp 3 makes 6 ranks, the job has 1; choose sizes whose product is 1/,
  );
  expect(() => new Mesh(job, { data: 1 } as never)).toThrow(/no option data/);
  expect(() => new Mesh(job, { dp: 0 })).toThrow(/dp/);
  const mesh = new Mesh(job, { pp: 1, dp: 1 });
  expect([mesh.size("tp"), mesh.index("dp"), mesh.group("dp", "sp")]).toEqual([1, 0, undefined]);
  expect(() => mesh.size("data" as never)).toThrow(/axis/);
});

test("a batch that gradient checkpointing computes twice counts once in running statistics", () => {
  class Net extends Model<Tensor, Tensor, Tensor> {
    readonly layers = [0, 1].map(() => ({ linear: new Linear(3, 3), norm: new BatchNorm1d(3) }));
    protected override listBlocks() {
      return this.layers.map(({ linear, norm }, i) =>
        block(
          `layers.${i}`,
          [linear, norm],
          ({ x }: Partial<Carried>, input: Tensor) => ({
            x: norm.forward(linear.forward(x ?? input)),
          }),
          { isLayer: true },
        ),
      );
    }
    protected override begin = (input: Tensor) => input;
    protected override end = ({ x }: Carried) => x as Tensor;
  }
  const [plain, again] = [new Net(), new Net()];
  again.loadStateDict(plain.stateDict());
  again.gradientCheckpointingEnable();
  const x = randn([5, 3]);
  for (const model of [plain, again]) model.forward(x).square().sum().backward();
  for (const [name, buffer] of plain.namedBuffers())
    expect(again.stateDict()[name]?.toArray(), name).toEqual(buffer.toArray());
  expect(again.layers[0]?.norm.numBatchesTracked?.item()).toBe(1);
});
