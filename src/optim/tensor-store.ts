// What an optimizer remembers, whole tensor by whole tensor: masters, the rule's state and the count of steps of each weight.
import { snakeCase } from "../arguments/cases.js";
import { describeValue } from "../arguments/describe-value.js";
import { zeros } from "../tensor/create.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { giveMaster, masterOf, write } from "../tensor/masters.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import type { ParameterState, ParamGroup, StateDescription } from "./optimizer.js";
import { likeWeight, type Piece, type StateLayout, type UpdateRule } from "./update-rule.js";

interface Remembered {
  /** Of the parameter. */
  readonly shape: readonly number[];
  readonly step: Tensor; // () float32, on the parameter's device: a CUDA graph counts on
  readonly state: Readonly<Record<string, Tensor>>;
}

export class TensorStore<G extends ParamGroup> {
  readonly #rule: UpdateRule<G>;
  readonly #remembered = new Map<Parameter, Remembered>();
  #hasMasters: boolean = false;

  constructor(rule: UpdateRule<G>) {
    this.#rule = rule;
  }

  /** Those of a group's parameters that have a gradient; what is to be remembered of them begins as zeros. */
  pieces(group: G): Piece[] {
    return group.parameters.flatMap((parameter) => {
      const { grad } = parameter;
      if (grad === null) return [];
      const { step, state } = this.#of(parameter, group);
      return { target: parameter, master: this.#masterOf(parameter), grad, step, state };
    });
  }

  /**
   * Gives each parameter that is trained and stored in fewer bits than float32 a master and prepares what is to be remembered of
   * it. What is frozen takes no memory until it has a gradient.
   */
  useMasterWeights(groups: readonly G[], originals: ReadonlyMap<Parameter, Tensor>): void {
    this.#hasMasters = true;
    for (const group of groups) {
      for (const parameter of group.parameters.filter(({ requiresGrad }) => requiresGrad)) {
        if (parameter.dtype !== "float32") giveMaster(parameter, originals.get(parameter));
        this.#of(parameter, group);
      }
    }
  }

  stateOf(parameter: Parameter): ParameterState | undefined {
    const found = this.#remembered.get(parameter);
    if (found === undefined) return undefined;
    const master = masterOf(parameter);
    return { ...(master && { master }), ...found.state, step: found.step.item() };
  }

  /** What `loadState` takes. */
  describe(parameter: Parameter, group: G): StateDescription {
    const { shape } = parameter;
    const master = masterOf(parameter) === undefined ? {} : likeWeight(shape, "master");
    return { ...master, ...this.#rule.state(group, shape), step: "number" };
  }

  /**
   * Takes over what `stateOf` gave, in this process or in the one that saved it. Nothing is changed unless all is there.
   * @throws TypeError, RangeError naming what is missing, left over or of another shape
   */
  loadState(parameter: Parameter, group: G, saved: ParameterState): void {
    const { master, step, ...state } = saved;
    const own = this.#of(parameter, group);
    this.#requireFit(parameter, group, { ...state, ...(step !== undefined && { step }) });
    noGrad(() => {
      own.step.fill_(step as number);
      for (const [name, tensor] of Object.entries(own.state)) tensor.copy_(state[name] as Tensor);
    });
    const numbers = master instanceof Tensor ? master : undefined;
    if (masterOf(parameter) !== undefined && numbers !== undefined) write(parameter, numbers);
  }

  /** For memory reports. */
  *named(): Generator<[what: string, tensor: Tensor, of: Parameter]> {
    for (const [parameter, { state }] of this.#remembered) {
      const master = masterOf(parameter);
      if (master !== undefined) yield ["master weight", master, parameter];
      for (const [name, tensor] of Object.entries(state))
        yield [snakeCase(name), tensor, parameter];
    }
  }

  #masterOf(parameter: Parameter): Tensor | undefined {
    const isLate = this.#hasMasters && itemSize(parameter.dtype) < itemSize("float32"); // frozen until now
    return masterOf(parameter) ?? (isLate ? giveMaster(parameter) : undefined);
  }

  #of(parameter: Parameter, group: G): Remembered {
    const found = this.#remembered.get(parameter);
    if (found !== undefined) {
      requireSameShape(parameter, found);
      return found;
    }
    requireNumbers("optimizer.step", [["a parameter", parameter]]);
    const { shape, device } = parameter;
    const layout = Object.entries(this.#rule.state(group, shape));
    const made = {
      shape,
      step: keep(zeros([], { device, dtype: "float32" })),
      state: Object.fromEntries(
        layout.map(([name, like]) => [
          name,
          keep(zeros(like.shape, { device, dtype: like.dtype })),
        ]),
      ),
    };
    this.#remembered.set(parameter, made);
    return made;
  }

  #requireFit(parameter: Parameter, group: G, saved: ParameterState): void {
    const layout = this.#rule.state(group, parameter.shape);
    const names = ["step", ...Object.keys(layout)];
    const missing = names.filter((name) => saved[name] === undefined);
    const unknown = Object.keys(saved).filter((name) => !names.includes(name));
    if (missing.length + unknown.length > 0) {
      throw new TypeError(
        `a state of ${this.#rule.name} consists of ${names.join(", ")}; missing: ${missing.join(", ") || "none"}, left over: ${unknown.join(", ") || "none"}`,
      );
    }
    if (
      !(typeof saved["step"] === "number" && Number.isInteger(saved["step"]) && saved["step"] >= 0)
    ) {
      throw new TypeError(
        `the step of a state must be a whole number of at least 0, got ${describeValue(saved["step"])}`,
      );
    }
    for (const [name, like] of Object.entries(layout)) requireLike(name, saved[name], like);
  }
}

/** @throws TypeError for a parameter whose memory was replaced by a larger or smaller one */
function requireSameShape({ shape }: Parameter, remembered: Remembered): void {
  if (remembered.shape.join() === shape.join()) return;
  throw new TypeError(
    `optimizer.step: a parameter was [${remembered.shape.join(", ")}] and is now [${shape.join(", ")}], as after resizeTokenEmbeddings, so what the optimizer remembers of it fits no more; make the optimizer anew from model.parameters(), and boost with it`,
  );
}

/** Copying would repeat the numbers of a smaller tensor, or take the codes of another type for numbers, without a word. */
function requireLike(name: string, saved: unknown, { shape, dtype }: StateLayout[string]): void {
  const isLike = saved instanceof Tensor && saved.shape.join() === shape.join();
  if (isLike && (saved.dtype === dtype || !isCoded(saved.dtype, dtype))) return;
  throw new RangeError(
    `${name} of a state must be a tensor ${dtype}[${shape.join(", ")}], got ${describeValue(saved)}`,
  );
}

function isCoded(...dtypes: readonly DType[]): boolean {
  return dtypes.includes("uint8");
}
