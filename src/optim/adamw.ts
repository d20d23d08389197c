// AdamW (Loshchilov and Hutter 2019), with our own kernel over all parameters of a group at once (native/kernels/adamw.cc):
// moments, masters and arithmetic in float32, a 16-bit parameter written in the same pass. Steps as torch.optim.AdamW.
import { anyOf, type Check, kind, listOf, number, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { nameHolders } from "../device/holders.js";
import { wholly } from "../report/index.js";
import { zeros } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import {
  aParameterList,
  checkParameters,
  type Optimizer,
  optimizerText,
  type ParameterState,
  type ParamGroup,
} from "./optimizer.js";

/** Hyperparameters of `AdamW`, with PyTorch's names in camel case and its defaults. */
export interface AdamWOptions {
  /** Learning rate, default 1e-3. One float32 number on the parameters' device can be changed between a CUDA graph's replays. */
  readonly lr?: number | Tensor;
  /** Decay of the running means of the gradient and of its square, default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly eps?: number;
  /** Decoupled weight decay, default 0.01. */
  readonly weightDecay?: number;
}

interface AdamState {
  /** float32 copy of a parameter stored in fewer bits */
  readonly master: Tensor | undefined;
  readonly expAvg: Tensor;
  readonly expAvgSq: Tensor;
  readonly step: Tensor; // () float32, on the parameter's device: a CUDA graph counts on
}

/** A parameter with its gradient and what is remembered of it. */
interface Trained {
  readonly parameter: Parameter;
  readonly grad: Tensor;
  readonly state: AdamState;
}

interface AdamGroup extends ParamGroup {
  readonly weightDecay: number;
}

const aRateTensor: Check<Tensor> = kind(
  "a float32 tensor of one number",
  (value) => value instanceof Tensor && value.dtype === "float32" && value.numel === 1,
);
const OPTIONS: OptionTable<AdamWOptions> = {
  lr: anyOf(number({ min: 0 }), aRateTensor),
  betas: listOf(number({ min: 0, below: 1 }), { length: 2 }),
  eps: number({ min: 0 }),
  weightDecay: number({ min: 0 }),
};
const GROUP_OPTIONS = {
  parameters: aParameterList,
  lr: OPTIONS.lr,
  weightDecay: OPTIONS.weightDecay,
};

/** AdamW (Loshchilov and Hutter 2019); steps as torch.optim.AdamW, in one pass over all parameters of a group. */
export class AdamW implements Optimizer {
  /** Parameters and their hyperparameters; `lr` may be changed between steps. */
  readonly paramGroups: readonly AdamGroup[];
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #states = new Map<Parameter, AdamState>();
  #originals: ReadonlyMap<Parameter, Tensor> | undefined;

  /**
   * @param parameters one list, or groups with their own learning rate and weight decay
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(
    parameters:
      | readonly Parameter[]
      | readonly { parameters: readonly Parameter[]; lr?: number | Tensor; weightDecay?: number }[],
    options: AdamWOptions = {},
  ) {
    checkOptions("new AdamW", options, OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    const groups = isGroups(parameters)
      ? parameters
      : [{ parameters: parameters as readonly Parameter[] }];
    for (const group of groups)
      if (groups === parameters) checkOptions("new AdamW: a group", group, GROUP_OPTIONS);
    this.paramGroups = groups.map((group) => ({ lr, weightDecay, ...group }));
    this.#betas = betas;
    this.#eps = eps;
    if (groups !== parameters) requireValue("new AdamW: parameters", parameters, aParameterList);
    checkParameters(
      "new AdamW",
      this.paramGroups.flatMap((group) => group.parameters),
    );
    nameHolders(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return optimizerText("AdamW", this.paramGroups);
  }

  step(): void {
    wholly(() => this.#step());
  }

  stepScaled(gradScale: Tensor): void {
    wholly(() => this.#step(gradScale));
  }

  zeroGrad(): void {
    for (const { parameters } of this.paramGroups) {
      for (const parameter of parameters) parameter.grad = null;
    }
  }

  useMasterWeights(originals: ReadonlyMap<Parameter, Tensor>): void {
    this.#originals = originals;
    for (const { parameters } of this.paramGroups)
      for (const parameter of parameters) this.#state(parameter);
    this.#originals = new Map();
  }

  /** For memory reports. */
  *namedStates(): Generator<[what: string, tensor: Tensor, of: Parameter]> {
    for (const [parameter, { master, expAvg, expAvgSq }] of this.#states) {
      if (master !== undefined) yield ["master weight", master, parameter];
      yield ["exp_avg", expAvg, parameter];
      yield ["exp_avg_sq", expAvgSq, parameter];
    }
  }

  stateOf(parameter: Parameter): ParameterState | undefined {
    const state = this.#states.get(parameter);
    if (state === undefined) return undefined;
    const { master, expAvg, expAvgSq } = state;
    return { ...(master && { master }), expAvg, expAvgSq, step: state.step.item() };
  }

  /** Takes over a state that `stateOf` gave, in this process or in the one that saved it. */
  loadState(parameter: Parameter, saved: ParameterState): void {
    const state = this.#state(parameter);
    const { master, expAvg, expAvgSq, step } = saved;
    if (!(expAvg instanceof Tensor && expAvgSq instanceof Tensor && typeof step === "number")) {
      throw new TypeError("an AdamW state needs expAvg, expAvgSq and step");
    }
    noGrad(() => {
      state.expAvg.copy_(expAvg);
      state.expAvgSq.copy_(expAvgSq);
      state.step.fill_(step);
      if (state.master !== undefined)
        state.master.copy_(master instanceof Tensor ? master : parameter);
    });
  }

  #step(gradScale?: Tensor): void {
    noGrad(() => {
      for (const group of this.paramGroups) {
        const trained = group.parameters.flatMap((parameter): Trained[] => {
          const grad = parameter.grad;
          return grad === null ? [] : [{ parameter, grad, state: this.#state(parameter) }];
        });
        for (const alike of byKind(trained)) this.#update(alike, group, gradScale);
      }
    });
  }

  #update(trained: readonly Trained[], { lr, weightDecay }: AdamGroup, gradScale?: Tensor): void {
    const steps = trained.map(({ state }) => state.step);
    ops.aten["_foreach_add_"]?.(steps, 1);
    ops.notebooster["adamw_"]?.(
      trained.map(({ parameter }) => parameter),
      trained.flatMap(({ state }) => state.master ?? []),
      trained.map(({ grad }) => grad),
      trained.map(({ state }) => state.expAvg),
      trained.map(({ state }) => state.expAvgSq),
      {
        ...(lr instanceof Tensor ? { lr: 0, lr_tensor: lr } : { lr }),
        beta1: this.#betas[0],
        beta2: this.#betas[1],
        eps: this.#eps,
        weight_decay: weightDecay,
        steps,
        ...(gradScale && { grad_scale: gradScale }),
      },
    );
  }

  #state(parameter: Parameter): AdamState {
    let state = this.#states.get(parameter);
    if (state === undefined) {
      const options = { device: parameter.device, dtype: "float32" } as const;
      state = {
        master: this.#master(parameter),
        expAvg: keep(zeros(parameter.shape, options)),
        expAvgSq: keep(zeros(parameter.shape, options)),
        step: keep(zeros([], options)),
      };
      this.#states.set(parameter, state);
    }
    return state;
  }

  #master(parameter: Parameter): Tensor | undefined {
    if (this.#originals === undefined || parameter.dtype === "float32") return undefined;
    return keep(
      noGrad(() => this.#originals?.get(parameter)?.clone() ?? parameter.detach().to("float32")),
    );
  }
}

/** The kernel takes tensors of one device and dtype at a time, all of them with masters or none. */
function byKind(trained: readonly Trained[]): Iterable<readonly Trained[]> {
  const kinds = new Map<string, Trained[]>();
  for (const one of trained) {
    const { parameter, grad, state } = one;
    const kind = `${parameter.device} ${parameter.dtype} ${grad.dtype} ${state.master !== undefined}`;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [one]);
    else alike.push(one);
  }
  return kinds.values();
}

/** Whether the first is an object of options; what else is wrong is told of a list of parameters. */
function isGroups(
  parameters: unknown,
): parameters is readonly { parameters: readonly Parameter[] }[] {
  const first: unknown = Array.isArray(parameters) ? parameters[0] : undefined;
  return typeof first === "object" && first !== null && first.constructor === Object;
}
