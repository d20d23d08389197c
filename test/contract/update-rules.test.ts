// What every update rule keeps, whatever it computes. Its numbers are compared with PyTorch's in test/native/optimizers.test.ts.
import {
  keep,
  Linear,
  noGrad,
  type Optimizer,
  Parameter,
  randn,
  type Scaling,
  type Tensor,
  tensor,
} from "notebooster";
import { expect } from "vitest";
import { type Cases, runContract } from "./contract.js";
import { expectRounded, expectRoundedAtRandom } from "./rounded-at-random.js";
import {
  besideFloat32,
  filled,
  giveGradients,
  gradient,
  numbers,
  stateOf,
  states,
  trained,
  trainedOnHost,
} from "./trained-linear.js";
import { ROUNDED, RULES, type Rule, SLICED } from "./update-rules.js";

const CASES: Cases<Rule> = {
  "a step moves every weight that has a gradient, and no other": ({ make }) => {
    const model = new Linear(4, 3);
    const optimizer = make(model.parameters());
    const before = numbers(model);
    model.weight.grad = gradient(1, model.weight);
    optimizer.step();
    const [weight, bias] = numbers(model);
    expect(weight?.every((value, i) => value !== before[0]?.[i])).toBe(true);
    expect(bias).toEqual(before[1]);
    expect(optimizer.stateOf(model.bias as Parameter)).toBeUndefined();
    expect(optimizer.stateOf(model.weight)?.["step"]).toBe(1);
  },
  "a skipped step changes neither weights nor state": ({ make }) => {
    const { model, optimizer } = trained(make);
    const before = [numbers(model), states(model, optimizer)];
    giveGradients(model, 7);
    optimizer.stepScaled({ skipIf: tensor(1, { dtype: "float32" }) });
    expect([numbers(model), states(model, optimizer)]).toEqual(before);
    optimizer.stepScaled({ skipIf: tensor(0, { dtype: "float32" }) });
    expect(numbers(model)).not.toEqual(before[0]);
  },
  "gradients that are scaled in the step are as scaled before it": ({ make }) => {
    const [inStep, before] = [trained(make), trained(make)];
    giveGradients(inStep.model, 7);
    inStep.optimizer.stepScaled({ gradScale: tensor(0.25, { dtype: "float32" }) });
    giveGradients(before.model, 7);
    for (const { grad } of before.model.parameters()) noGrad(() => grad?.mul_(0.25));
    before.optimizer.step();
    expect(numbers(inStep.model)).toEqual(numbers(before.model));
  },
  "what stateOf gives continues in another optimizer to the bit": ({ make }) => {
    const first = trained(make);
    const second = { model: new Linear(4, 3), optimizer: undefined as unknown as Optimizer };
    second.model.loadStateDict(first.model.stateDict());
    second.optimizer = make(second.model.parameters());
    for (const [i, parameter] of second.model.parameters().entries())
      second.optimizer.loadState(parameter, stateOf(first, i));
    for (const each of [first, second]) {
      giveGradients(each.model, 9);
      each.optimizer.step();
    }
    expect(numbers(second.model)).toEqual(numbers(first.model));
    expect(states(second.model, second.optimizer)).toEqual(states(first.model, first.optimizer));
  },
  "a state that lacks a tensor is refused and nothing is changed": ({ make }) => {
    const { model, optimizer } = trained(make);
    const [before, saved] = [states(model, optimizer), stateOf({ model, optimizer }, 0)];
    const [name] = Object.keys(saved).filter((key) => saved[key] instanceof Object);
    const { [name as string]: _, ...rest } = saved;
    expect(() => optimizer.loadState(model.weight, { ...rest, step: 99 })).toThrow(TypeError);
    const wrong = { ...saved, [name as string]: randn([2]), step: 99 };
    expect(() => optimizer.loadState(model.weight, wrong)).toThrow(RangeError);
    expect(states(model, optimizer)).toEqual(before);
  },
  "a step that is no count is refused and nothing is changed": ({ make }) => {
    const { model, optimizer } = trained(make);
    const [before, saved] = [states(model, optimizer), stateOf({ model, optimizer }, 0)];
    for (const step of [-1, 1.5, Number.NaN])
      expect(() => optimizer.loadState(model.weight, { ...saved, step })).toThrow(
        /step of a state/,
      );
    expect(states(model, optimizer)).toEqual(before);
  },
  "a 16-bit weight is the rounded master, and the master moves as a float32 weight": ({ make }) => {
    const [narrow, wide] = [new Linear(4, 3), new Linear(4, 3)];
    noGrad(() => wide.loadStateDict(narrow.stateDict()));
    const originals = new Map(narrow.parameters().map((each) => [each, each.detach().clone()]));
    narrow.to("bfloat16");
    const [ofNarrow, ofWide] = [make(narrow.parameters()), make(wide.parameters())];
    ofNarrow.useMasterWeights(originals);
    for (let step = 0; step < 3; step++) {
      giveGradients(wide, step, "bfloat16");
      for (const [i, parameter] of narrow.parameters().entries())
        parameter.grad = gradient(10 * step + i, parameter).to("bfloat16");
      for (const each of [ofNarrow, ofWide]) each.step();
    }
    for (const [i, parameter] of narrow.parameters().entries()) {
      const master = ofNarrow.stateOf(parameter)?.["master"] as Tensor;
      const target = wide.parameters()[i] as Parameter;
      const furthest = noGrad(() => master.sub(target).abs().max().item());
      expect(furthest).toBeLessThan(1e-6);
      expect(master.to("bfloat16").toArray()).toEqual(parameter.detach().toArray());
    }
  },
  [SLICED]: ({ make }) => {
    const [whole, grad] = [filled([32, 16], 1), filled([32, 16], 2)];
    const halves = [0, 256].map((i) => (x: Tensor) => x.reshape([-1]).narrow(0, i, 256).clone());
    const step = (weight: Parameter, own: Tensor, by: Scaling) => {
      weight.grad = own;
      const optimizer = make([weight]);
      for (let i = 0; i < 3; i++) optimizer.stepScaled(by);
      return Array.from(weight.detach().toTypedArray() as Float32Array);
    };
    const sums: Tensor[] = [];
    const noted = (sum: Tensor): Tensor => {
      sums.push(keep(sum.clone()));
      return sum;
    };
    const expected = step(new Parameter(whole.clone()), grad, { sumOverSlices: noted });
    const parts: Tensor[][] = [[], []];
    const found = halves.flatMap((half, h) => {
      let call = 0;
      const sumOverSlices = (own: Tensor): Tensor => {
        parts[h]?.push(keep(own.clone()));
        return sums[call++] as Tensor;
      };
      return step(new Parameter(half(whole)), half(grad), { sumOverSlices });
    });
    expect(found).toEqual(expected);
    for (const [i, sum] of sums.entries())
      expectNear(
        parts.reduce((of, own) => of.add(own[i] as Tensor), sum.mul(0)),
        sum,
      );
  },
  [ROUNDED]: ({ make }) => {
    const [narrow, wide] = besideFloat32(make);
    for (const [i, parameter] of narrow.model.parameters().entries()) {
      const exact = wide.model.parameters()[i] as Parameter;
      expectRoundedAtRandom(parameter, exact);
      const [rounded, inFull] = [stateOf(narrow, i), stateOf(wide, i)];
      for (const [name, held] of Object.entries(rounded)) expectRounded(held, inFull[name]);
    }
  },
  "a skipped step of weights that are rounded at random changes no bit": ({ make }) => {
    const [narrow] = besideFloat32(make);
    const before = [numbers(narrow.model), states(narrow.model, narrow.optimizer)];
    giveGradients(narrow.model, 5, "bfloat16");
    narrow.optimizer.stepScaled({ skipIf: tensor(1, { dtype: "float32" }) });
    expect([numbers(narrow.model), states(narrow.model, narrow.optimizer)]).toEqual(before);
  },
  "state in host memory comes in parts and gives the same bits, with masters and without, scaled and skipped":
    ({ make }) => {
      for (const isRounded of [false, true]) {
        const run = (onHost: (step: number) => boolean) =>
          trainedOnHost(make, { isRounded, onHost });
        const resident = run(() => false);
        expect(run(() => true)).toEqual(resident);
        expect(run((step) => step >= 2 && step < 4)).toEqual(resident); // goes there and comes back
      }
    },
  "a learning rate that is a tensor steps as its number": ({ make }) => {
    const [one, other] = [trained(make), trained(make)];
    for (const { model } of [one, other]) giveGradients(model, 7);
    for (const group of other.optimizer.paramGroups)
      group.lr = tensor([group.lr as number], { dtype: "float32" });
    for (const { optimizer } of [one, other]) optimizer.step();
    for (const [i, parameter] of one.model.parameters().entries())
      expectNear(other.model.parameters()[i] as Tensor, parameter);
  },
  "a step without finite gradients is skipped, and the one after it is as if it had not been": ({
    make,
  }) => {
    const [one, other] = [trained(make), trained(make)];
    giveGradients(one.model, 5);
    for (const { grad } of one.model.parameters()) noGrad(() => grad?.fill_(Number.NaN));
    one.optimizer.stepScaled({ skipIf: tensor(1, { dtype: "float32" }) });
    for (const { model, optimizer } of [one, other]) {
      giveGradients(model, 7);
      optimizer.stepScaled({ skipIf: tensor(0, { dtype: "float32" }) });
    }
    expect(numbers(one.model)).toEqual(numbers(other.model));
    expect(states(one.model, one.optimizer)).toEqual(states(other.model, other.optimizer));
  },
  "zeroGrad leaves no gradient": ({ make }) => {
    const { model, optimizer } = trained(make);
    giveGradients(model, 1);
    optimizer.zeroGrad();
    expect(model.parameters().map(({ grad }) => grad)).toEqual([null, null]);
  },
};

runContract(RULES, CASES);

function expectNear(got: Tensor, wanted: Tensor): void {
  noGrad(() =>
    expect(got.sub(wanted).abs().div(wanted.abs().add(1)).max().item()).toBeLessThan(1e-5),
  );
}
