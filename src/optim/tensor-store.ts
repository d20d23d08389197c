// What an optimizer remembers of each weight: its master, the rule's state and the count of steps; of all of it, or of a slice where
// ranks share the update (slices.ts).
import { snakeCase } from "../arguments/cases.js";
import { describeValue } from "../arguments/describe-value.js";
import { empty, zeros } from "../tensor/create.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { giveMaster, hasMaster, heldMasterOf, noteUpdated, write } from "../tensor/masters.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep, scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { heldState, rangeIn } from "./held-state.js";
import type { ParameterState, ParamGroup, StateDescription } from "./optimizer.js";
import { elementsOf, type HeldPart, type Slices } from "./slices.js";
import { likeWeight, type Piece, type StateLayout, type UpdateRule } from "./update-rule.js";

/** A piece with the weight that it is of. */
export interface PieceOf extends Piece {
  readonly of: Parameter;
}

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
  #slices: Slices | undefined;

  constructor(rule: UpdateRule<G>) {
    this.#rule = rule;
  }

  /** Those of a group's parameters that have a gradient; what is to be remembered of them begins as zeros. */
  pieces(group: G): PieceOf[] {
    return group.parameters.flatMap((of) => {
      const slices = this.#rangeOf(of) === undefined ? undefined : this.#slices;
      const grad = slices === undefined ? of.grad : slices.gradOf(of);
      if (grad === null) return [];
      const { step, state } = this.#of(of, group);
      const target = slices === undefined ? of : slices.weightsOf(of);
      return { of, target, master: this.#masterOf(of), grad, step, state };
    });
  }

  /** To be called when pieces were updated. */
  noteUpdated(pieces: readonly PieceOf[]): void {
    for (const { of } of pieces) noteUpdated(of);
  }

  /**
   * What is remembered, now and from now on, is of these slices, or of whole weights (undefined). All ranks call it: slices become
   * whole before they are cut anew, of one weight at a time.
   */
  useSlices(groups: readonly G[], slices: Slices | undefined): void {
    for (const group of groups)
      for (const parameter of group.parameters) this.#cutAnew(parameter, group, slices);
    this.#slices = slices;
  }

  /** Of what whole tensor that of `stateOf` by this name is a part; undefined where it is all. */
  partOf(parameter: Parameter, group: G, name: string): HeldPart | undefined {
    const range = this.#rangeOf(parameter);
    if (range === undefined) return undefined;
    const shape =
      name === "master" ? parameter.shape : this.#rule.state(group, parameter.shape)[name]?.shape;
    return shape && { shape, ...this.#rangeIn(shape, parameter, range) };
  }

  /**
   * Gives each parameter that is trained and stored in fewer bits than float32 a master and prepares what is to be remembered of
   * it. What is frozen takes no memory until it has a gradient.
   */
  useMasterWeights(groups: readonly G[], originals: ReadonlyMap<Parameter, Tensor>): void {
    this.#hasMasters = true;
    for (const group of groups) {
      for (const parameter of group.parameters.filter(({ requiresGrad }) => requiresGrad)) {
        if (parameter.dtype !== "float32") this.#giveMaster(parameter, originals.get(parameter));
        this.#of(parameter, group);
      }
    }
  }

  stateOf(parameter: Parameter): ParameterState | undefined {
    const found = this.#remembered.get(parameter);
    if (found === undefined) return undefined;
    const master = heldMasterOf(parameter);
    return { ...(master && { master }), ...found.state, step: found.step.item() };
  }

  /** What `loadState` takes: whole tensors, whatever this rank has of them. */
  describe(parameter: Parameter, group: G): StateDescription {
    const { shape } = parameter;
    const master = hasMaster(parameter) ? likeWeight(shape, "master") : {};
    return { ...master, ...this.#rule.state(group, shape), step: "number" };
  }

  /**
   * Takes over what `stateOf` gave, in this process or in the one that saved it, or its share of whole tensors. Nothing is changed
   * unless all is there.
   * @throws TypeError, RangeError naming what is missing, left over or of another shape
   */
  loadState(parameter: Parameter, group: G, saved: ParameterState): void {
    const { master, step, ...state } = saved;
    const own = this.#of(parameter, group);
    this.#requireFit(parameter, group, { ...state, ...(step !== undefined && { step }) });
    noGrad(() => {
      own.step.fill_(step as number);
      for (const [name, tensor] of Object.entries(own.state))
        tensor.copy_(this.#share(parameter, tensor, state[name] as Tensor));
    });
    if (master instanceof Tensor) this.#loadMaster(parameter, master);
  }

  /** For memory reports. */
  *named(): Generator<[what: string, tensor: Tensor, of: Parameter]> {
    for (const [parameter, { state }] of this.#remembered) {
      const master = heldMasterOf(parameter);
      if (master !== undefined) yield ["master weight", master, parameter];
      for (const [name, tensor] of Object.entries(state))
        yield [snakeCase(name), tensor, parameter];
    }
  }

  #masterOf(parameter: Parameter): Tensor | undefined {
    const isLate = this.#hasMasters && itemSize(parameter.dtype) < itemSize("float32"); // frozen until now
    return heldMasterOf(parameter) ?? (isLate ? this.#giveMaster(parameter) : undefined);
  }

  #giveMaster(parameter: Parameter, original?: Tensor): Tensor {
    const [slices, range] = [this.#slices, this.#rangeOf(parameter)];
    if (slices === undefined || range === undefined) return giveMaster(parameter, original);
    return giveMaster(parameter, original, {
      of: (tensor) =>
        tensor === parameter ? slices.weightsOf(parameter) : elementsOf(tensor, range),
      whole: (held) => slices.whole(held, { ...range, shape: parameter.shape }),
    });
  }

  #loadMaster(parameter: Parameter, numbers: Tensor): void {
    const own = heldMasterOf(parameter);
    if (own === undefined) return;
    if (numbers.numel === parameter.numel) write(parameter, numbers);
    else noGrad(() => void own.copy_(numbers)); // of the same slice, whose weights are loaded with all others
  }

  #rangeOf(parameter: Parameter): Range | undefined {
    return this.#slices?.of(parameter);
  }

  #rangeIn(shape: readonly number[], { numel }: Parameter, range: Range): Range {
    return rangeIn(shape, { numel, range, blockSize: this.#rule.blockSize });
  }

  /** This rank's of numbers that are its own already, or those of all ranks. */
  #share(parameter: Parameter, own: Tensor, given: Tensor): Tensor {
    const range = this.#rangeOf(parameter);
    if (range === undefined || own.shape.join() === given.shape.join()) return given;
    return elementsOf(given.contiguous(), this.#rangeIn(given.shape, parameter, range));
  }

  #cutAnew(parameter: Parameter, group: G, slices: Slices | undefined): void {
    const found = this.#remembered.get(parameter);
    if (found === undefined) return;
    requireSameShape(parameter, found);
    const range = slices?.of(parameter);
    const cut = (name: string, held: Tensor): Tensor => {
      const part = this.partOf(parameter, group, name);
      const whole = part === undefined ? held : (this.#slices as Slices).whole(held, part);
      if (range === undefined) return whole;
      return elementsOf(whole, this.#rangeIn(whole.shape, parameter, range));
    };
    const anew = (tensor: Tensor): Tensor => {
      const { shape, dtype } = tensor;
      return keep(empty(shape, { dtype, device: parameter.device })).copy_(tensor);
    };
    scoped(() => {
      const state = Object.entries(found.state).map(([name, held]) => [
        name,
        anew(cut(name, held)),
      ]);
      const made = { step: anew(found.step), state: Object.fromEntries(state) };
      this.#remembered.set(parameter, { shape: found.shape, ...made });
    });
    for (const tensor of [found.step, ...Object.values(found.state)]) tensor.dispose();
  }

  #of(parameter: Parameter, group: G): Remembered {
    const found = this.#remembered.get(parameter);
    if (found !== undefined) {
      requireSameShape(parameter, found);
      return found;
    }
    requireNumbers("optimizer.step", [["a parameter", parameter]]);
    const { shape, device } = parameter;
    const layout = Object.entries(this.#layout(parameter, group));
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

  /** What this rank remembers of a weight. */
  #layout(parameter: Parameter, group: G): StateLayout {
    return heldState(this.#rule, group, {
      shape: parameter.shape,
      range: this.#rangeOf(parameter),
    });
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
    const own = this.#layout(parameter, group);
    for (const [name, like] of Object.entries(layout))
      requireLike(name, saved[name], [like, own[name] as typeof like]);
  }
}

/** @throws TypeError for a parameter whose memory was replaced by a larger or smaller one */
function requireSameShape({ shape }: Parameter, remembered: Remembered): void {
  if (remembered.shape.join() === shape.join()) return;
  throw new TypeError(
    `optimizer.step: a parameter was [${remembered.shape.join(", ")}] and is now [${shape.join(", ")}], as after resizeTokenEmbeddings, so what the optimizer remembers of it fits no more; make the optimizer anew from model.parameters(), and boost with it`,
  );
}

/**
 * Copying would repeat the numbers of a smaller tensor, or take the codes of another type for numbers, without a word.
 * @param likes the whole, and what this rank has of it
 */
function requireLike(name: string, saved: unknown, likes: readonly StateLayout[string][]): void {
  const [{ shape, dtype }] = likes as [StateLayout[string]];
  const isLike =
    saved instanceof Tensor && likes.some((like) => saved.shape.join() === like.shape.join());
  if (isLike && (saved.dtype === dtype || !isCoded(saved.dtype, dtype))) return;
  throw new RangeError(
    `${name} of a state must be a tensor ${dtype}[${shape.join(", ")}], got ${describeValue(saved)}`,
  );
}

function isCoded(...dtypes: readonly DType[]): boolean {
  return dtypes.includes("uint8");
}
