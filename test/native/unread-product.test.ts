// The last product of a layer is not computed again where only its sum with the stream leaves the layer, and is where more is done with it.
import {
  block,
  type Carried,
  Linear,
  Model,
  manualSeed,
  noGrad,
  randn,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";

type Last = (x: Tensor, product: Tensor) => Tensor;

/** What may be made of the last product. @param isLeftOut whether its numbers may be missing for it */
const ENDS: Record<string, { end: Last; isLeftOut: boolean }> = {
  added: { end: (x, y) => x.add(y), isLeftOut: true },
  "added twice": { end: (x, y) => x.add(y).add(x), isLeftOut: true },
  "added to itself": { end: (_, y) => y.add(y), isLeftOut: true },
  returned: { end: (_, y) => y, isLeftOut: false },
  "bent and added": { end: (x, y) => x.add(y.tanh()), isLeftOut: false },
  "added, and the sum bent": { end: (x, y) => x.add(y).tanh(), isLeftOut: false },
  "added to what it is multiplied with": { end: (x, y) => x.mul(y).add(y), isLeftOut: false },
  "written in place and added": { end: (x, y) => x.add(y.relu_()), isLeftOut: false },
  "looked at by item()": {
    end: (x, y) => (y.abs().max().item() > 0 ? x.add(y) : x.add(y).add(x)),
    isLeftOut: false,
  },
  "looked at, and refused where it is missing": {
    end: (x, y) => {
      if (y.toTypedArray().every((number) => Number(number) === 0)) throw new Error("zeros");
      return x.add(y);
    },
    isLeftOut: false,
  },
  scaled: { end: (x, y) => x.add(y.mul(2)), isLeftOut: false },
};

class Ending extends Model<Tensor, Tensor, Tensor> {
  readonly first = new Linear(8, 16);
  readonly last = new Linear(16, 8);
  numRuns = 0;
  readonly #end: Last;

  constructor(end: Last) {
    super();
    this.#end = end;
    noGrad(() => {
      for (const parameter of this.parameters()) parameter.fill_(0.25);
    });
  }

  protected override listBlocks() {
    const run = (_: Carried, x: Tensor): Carried => {
      const product = this.last.forward(this.first.forward(x));
      this.numRuns += 1;
      return { h: this.#end(x, product) };
    };
    return [block("layer", [this.first, this.last], run, { isLayer: true, endsInSum: true })];
  }
  protected override begin(x: Tensor): Tensor {
    return x;
  }
  protected override end({ h }: Carried): Tensor {
    return h as Tensor;
  }
}

test.each(Object.entries(ENDS))("%s", (_, { end, isLeftOut }) => {
  const runs = [false, true].map((isRecomputed) => {
    const model = new Ending(end);
    if (isRecomputed) model.gradientCheckpointingEnable();
    const gradients = [1, 2].map((seed) => {
      model.zeroGrad();
      manualSeed(seed);
      const x = randn([4, 8], { requiresGrad: true });
      model.forward(x).sum().backward();
      return [x, ...model.parameters()].map(({ grad }) => grad?.tolist());
    });
    return { gradients, numRuns: model.numRuns };
  });
  const [kept, recomputed] = runs as [(typeof runs)[0], (typeof runs)[0]];
  expect(recomputed.gradients).toEqual(kept.gradients);
  // two passes, forward and again; what reads the product has the first pass's layer computed a third time, the second's no more
  expect(recomputed.numRuns).toBe(isLeftOut ? 4 : 5);
});
