// AdamW (Loshchilov and Hutter 2019), with ATen's fused kernel over all parameters of a group at once.
// Equal to torch.optim.AdamW(fused=True).
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
  /** Learning rate, default 1e-3. */
  readonly lr?: number;
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
  readonly step: Tensor; // () float32, as the fused kernel wants it
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
      | readonly { parameters: readonly Parameter[]; lr?: number; weightDecay?: number }[],
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
      requireRange("lr", group.lr, group.lr >= 0);
      requireRange("weightDecay", group.weightDecay, group.weightDecay >= 0);
    }
    for (const beta of betas) requireRange("betas", beta, beta >= 0 && beta < 1);
    requireRange("eps", eps, eps >= 0);
  }

  step(): void {
    noGrad(() => {
      for (const group of this.paramGroups) this.#updateGroup(group);
    });
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

  #updateGroup({ parameters, lr, weightDecay }: AdamGroup): void {
    const trained = parameters.flatMap((parameter) => {
      const grad = parameter.grad;
      return grad === null ? [] : [{ parameter, grad, state: this.#state(parameter) }];
    });
    if (trained.length === 0) return;
    const targets = trained.map(({ parameter, state }) => state.master ?? parameter);
    const grads = trained.map(({ grad, state }) => (state.master ? grad.to("float32") : grad));
    for (const { state } of trained) state.step.add_(1);
    ops.aten["_fused_adamw_"]?.(
      targets,
      grads,
      trained.map(({ state }) => state.expAvg),
      trained.map(({ state }) => state.expAvgSq),
      [],
      trained.map(({ state }) => state.step),
      {
        lr,
        beta1: this.#betas[0],
        beta2: this.#betas[1],
        weight_decay: weightDecay,
        eps: this.#eps,
        amsgrad: false,
        maximize: false,
      },
    );
    for (const { parameter, state } of trained) if (state.master) parameter.copy_(state.master);
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

function isGroups(
  parameters: readonly unknown[],
): parameters is readonly { parameters: readonly Parameter[] }[] {
  return parameters.length > 0 && !(parameters[0] instanceof Tensor);
}

function requireRange(name: string, value: number, ok: boolean): void {
  if (!ok) throw new RangeError(`AdamW: ${name} is out of range: ${value}`);
}
