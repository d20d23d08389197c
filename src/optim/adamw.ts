// AdamW (Loshchilov and Hutter 2019), with our own kernel over all parameters of a group at once (native/kernels/adamw.cc):
// moments, masters and arithmetic in float32, a 16-bit parameter written in the same pass. Steps as torch.optim.AdamW.
import { nameHolders } from "../device/holders.js";
import { wholly } from "../report/index.js";
import { zeros } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import {
  checkParameters,
  type Optimizer,
  type ParameterState,
  type ParamGroup,
} from "./optimizer.js";

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

export class AdamW implements Optimizer {
  readonly paramGroups: readonly AdamGroup[];
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #states = new Map<Parameter, AdamState>();
  #originals: ReadonlyMap<Parameter, Tensor> | undefined;

  /**
   * @param parameters one list, or groups with their own learning rate and weight decay
   * @throws RangeError naming the option that is out of range
   */
  constructor(
    parameters:
      | readonly Parameter[]
      | readonly { parameters: readonly Parameter[]; lr?: number | Tensor; weightDecay?: number }[],
    { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 }: AdamWOptions = {},
  ) {
    const groups = isGroups(parameters)
      ? parameters
      : [{ parameters: parameters as readonly Parameter[] }];
    this.paramGroups = groups.map((group) => ({ lr, weightDecay, ...group }));
    this.#betas = betas;
    this.#eps = eps;
    checkParameters(this.paramGroups.flatMap((group) => group.parameters));
    for (const group of this.paramGroups) {
      if (typeof group.lr === "number") requireRange("lr", group.lr, group.lr >= 0);
      requireRange("weightDecay", group.weightDecay, group.weightDecay >= 0);
    }
    for (const beta of betas) requireRange("betas", beta, beta >= 0 && beta < 1);
    requireRange("eps", eps, eps >= 0);
    nameHolders(this);
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

function isGroups(
  parameters: readonly unknown[],
): parameters is readonly { parameters: readonly Parameter[] }[] {
  return parameters.length > 0 && !(parameters[0] instanceof Tensor);
}

function requireRange(name: string, value: number, ok: boolean): void {
  if (!ok) throw new RangeError(`AdamW: ${name} is out of range: ${value}`);
}
