// A product keeps how its input is computed again only where the input still is what a norm or an activation made.
import {
  block,
  type Carried,
  countMemory,
  gelu,
  Linear,
  LlamaForCausalLM,
  Model,
  Module,
  manualSeed,
  noGrad,
  numLiveTensors,
  RMSNorm,
  randint,
  randn,
  scoped,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";

const SIZES = {
  ...{ vocabSize: 320, hiddenSize: 64, intermediateSize: 176, numHiddenLayers: 3 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2 },
};

/** What may be done with what a norm gave before it is multiplied. */
const BETWEEN: Record<string, { change: (x: Tensor) => Tensor; isComputedAgain: boolean }> = {
  nothing: { change: (x) => x, isComputedAgain: true },
  "seen as rows": { change: (x) => x.flatten(0, 1), isComputedAgain: true },
  "its first rows": { change: (x) => x.narrow(0, 0, 2), isComputedAgain: false },
  "written in place": { change: (x) => x.mul_(2), isComputedAgain: false },
  "written in place and seen": { change: (x) => x.mul_(2).view(-1, 8), isComputedAgain: false },
  converted: { change: (x) => x.to("bfloat16"), isComputedAgain: true },
  "written in place and converted": {
    change: (x) => {
      noGrad(() => x.mul_(2));
      return x.to("bfloat16");
    },
    isComputedAgain: false,
  },
  "bent by gelu": { change: (x) => gelu(x), isComputedAgain: true },
  "bent and written in place": { change: (x) => gelu(x).mul_(2), isComputedAgain: false },
  "in other order": { change: (x) => x.transpose(0, 1), isComputedAgain: false },
  detached: { change: (x) => x.detach(), isComputedAgain: true },
};

class Between extends Model<Tensor, Tensor, Tensor> {
  readonly norm = new RMSNorm(8, { eps: 1e-5 });
  readonly linears = new Linears();
  readonly #change: (x: Tensor) => Tensor;

  constructor(change: (x: Tensor) => Tensor) {
    super();
    this.#change = change;
    noGrad(() => {
      for (const parameter of this.parameters()) parameter.fill_(0.25);
    });
  }

  protected override listBlocks() {
    const run = (_: Carried, x: Tensor): Carried => {
      const normed = this.#change(this.norm.forward(x));
      const { a, b } = this.linears.to(normed.dtype as "float32");
      return { h: a.forward(normed).mul(b.forward(normed)) };
    };
    return [block("layer", [this.norm, this.linears], run, { isLayer: true })];
  }
  protected override begin(x: Tensor): Tensor {
    return x;
  }
  protected override end({ h }: Carried): Tensor {
    return h as Tensor;
  }
}

class Linears extends Module {
  readonly a = new Linear(8, 4);
  readonly b = new Linear(8, 4);
}

test.each(Object.entries(BETWEEN))(
  "what a norm gave, %s, is computed again only as what it was",
  (_, { change, isComputedAgain }) => {
    manualSeed(9);
    const x = randn([4, 4, 8]);
    const model = new Between(change);
    const run = (): readonly (readonly number[])[] => {
      model.zeroGrad();
      model.forward(x).square().sum().backward();
      return model.parameters().map(({ grad }) => grad?.flatten().toArray() as number[]);
    };
    const kept = run();
    model.gradientCheckpointingEnable({ granularity: "selective" });
    if (isComputedAgain) expect(run()).toEqual(kept);
    else expect(run).toThrow(/keeps nothing of that kind/);
  },
);

test("weights of norms are not written between the passes", () => {
  const model = new LlamaForCausalLM(SIZES);
  model.gradientCheckpointingEnable({ granularity: "selective" });
  const ids = randint(320, [2, 8]);
  const { loss } = model.forward({ inputIds: ids, labels: ids });
  noGrad(() => model.model.layers[1]?.inputLayernorm.weight?.mul_(2));
  expect(() => loss.backward()).toThrow(/modified by an inplace operation/);
});

test("a pass leaves no tensor behind, whether a backward pass follows or not", () => {
  const model = new LlamaForCausalLM(SIZES);
  model.gradientCheckpointingEnable({ granularity: "selective" });
  const ids = randint(320, [2, 8]);
  const run = (goesBack: boolean): void =>
    scoped(() => {
      const { loss } = model.forward({ inputIds: ids, labels: ids });
      if (goesBack) loss.backward();
      model.zeroGrad();
    });
  run(true);
  const live = numLiveTensors();
  for (let i = 0; i < 5; i++) run(i % 2 === 0);
  expect(numLiveTensors()).toBeLessThanOrEqual(live);
  const held = [true, false].map((goesBack) => countMemory(() => run(goesBack)).heldBytes);
  expect(Math.max(...held)).toBeLessThanOrEqual(0);
});

test("evaluation and generation compute as without", () => {
  const model = new LlamaForCausalLM(SIZES);
  const ids = randint(320, [1, 8]);
  const text = (): unknown => model.generate(ids, { maxNewTokens: 4 }).toArray();
  const before = text();
  model.gradientCheckpointingEnable({ granularity: "selective" });
  expect(text()).toEqual(before);
  expect(noGrad(() => model.forward({ inputIds: ids }).logits.requiresGrad)).toBe(false);
});
