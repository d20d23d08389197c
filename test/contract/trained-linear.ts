// A linear layer that a rule trains, with what the rule remembers of it as numbers.
import { createHash } from "node:crypto";
import {
  Generator,
  Linear,
  noGrad,
  type Optimizer,
  type Parameter,
  type ParameterState,
  type ParamGroup,
  type RuleOptimizer,
  randn,
  type Scaling,
  type Tensor,
  tensor,
} from "notebooster";
import type { Rule } from "./update-rules.js";

/** What six steps give of weights in 16 bits and their state, plain, scaled and skipped. */
export function trainedOnHost(
  make: Rule["make"],
  {
    isRounded,
    onHost,
  }: { readonly isRounded: boolean; readonly onHost: (step: number) => boolean },
): string {
  const model = filledLinear("bfloat16");
  const optimizer = make(model.parameters()) as RuleOptimizer<ParamGroup>;
  if (isRounded) optimizer.useStochasticRounding(true);
  else optimizer.useMasterWeights(new Map());
  for (let step = 0; step < 6; step++) {
    const parameters = new Set(model.parameters());
    const options = { parameters, device: "cpu", late: false, batchBytes: 2 ** 15 }; // several parts of a weight, both in one
    optimizer.useHost(onHost(step) ? options : undefined);
    giveGradients(model, step, "bfloat16");
    const by = [
      {},
      { gradScale: tensor(0.5, { dtype: "float32" }) },
      { skipIf: tensor(1, { dtype: "float32" }) },
    ];
    optimizer.stepScaled(by[step % 3] as Scaling);
  }
  return createHash("sha256")
    .update(JSON.stringify([numbers(model), states(model, optimizer)]))
    .digest("hex");
}

export function filledLinear(dtype: "bfloat16" | "float32"): Linear {
  const model = new Linear(160, 96);
  for (const [i, each] of model.parameters().entries()) noGrad(() => each.copy_(gradient(i, each)));
  return model.to(dtype);
}

/** One more step of a bfloat16 model without masters, and of one in float32 that stood where it did. */
export function besideFloat32(make: Rule["make"]): [Trained, Trained] {
  const [narrow, wide] = (["bfloat16", "float32"] as const).map((dtype) => {
    const model = filledLinear(dtype);
    return { model, optimizer: make(model.parameters()) };
  }) as [Trained, Trained];
  narrow.optimizer.useStochasticRounding?.(true);
  const step = ({ model, optimizer }: Trained, seed: number) => {
    giveGradients(model, seed, "bfloat16");
    optimizer.step();
  };
  for (const seed of [1, 2]) step(narrow, seed);
  wide.model.loadStateDict(narrow.model.stateDict());
  for (const [i, parameter] of wide.model.parameters().entries())
    wide.optimizer.loadState(parameter, stateOf(narrow, i));
  for (const each of [narrow, wide]) step(each, 3);
  return [narrow, wide];
}

export interface Trained {
  readonly model: Linear;
  readonly optimizer: Optimizer;
}

/** After three steps. */
export function trained(make: Rule["make"]): Trained {
  const model = new Linear(4, 3);
  noGrad(() => {
    for (const [i, parameter] of model.parameters().entries())
      parameter.copy_(randn([...parameter.shape], { generator: new Generator(i) }));
  });
  const optimizer = make(model.parameters());
  for (let step = 0; step < 3; step++) {
    giveGradients(model, step);
    optimizer.step();
  }
  return { model, optimizer };
}

export function giveGradients(
  model: Linear,
  seed: number,
  dtype: "float32" | "bfloat16" = "float32",
): void {
  for (const [i, parameter] of model.parameters().entries())
    parameter.grad = gradient(10 * seed + i, parameter)
      .to(dtype)
      .to(parameter.dtype);
}

export function gradient(seed: number, { shape }: Parameter): Tensor {
  return filled(shape, seed);
}

export function filled(shape: readonly number[], seed: number): Tensor {
  return randn([...shape], { generator: new Generator(seed) });
}

export function numbers(model: Linear): number[][] {
  return model
    .parameters()
    .map((each) => Array.from(each.detach().to("float32").toTypedArray() as Float32Array));
}

export function states(model: Linear, optimizer: Optimizer): unknown[] {
  return model.parameters().map((parameter) => {
    const entries = Object.entries(optimizer.stateOf(parameter) ?? {});
    return entries.map(([key, value]) => [
      key,
      typeof value === "number" ? value : value.toArray(),
    ]);
  });
}

export function stateOf({ model, optimizer }: Trained, index: number): ParameterState {
  return optimizer.stateOf(model.parameters()[index] as Parameter) as ParameterState;
}
