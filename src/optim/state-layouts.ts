// Shape and dtype of what an optimizer remembers of each weight: as its rule says, of a slice where ranks share the weight, and in
// bfloat16 where updates are rounded at random.
import type { Range } from "../tensor/element-range.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { heldState, rangeIn } from "./held-state.js";
import type { ParamGroup } from "./optimizer.js";
import { drawsAt, inTypeOfWeight, seedsOf } from "./random-rounding.js";
import { elementsOf, type HeldPart, type Slices } from "./slices.js";
import type { Draws, StateLayout, UpdateRule } from "./update-rule.js";

/** Of a rule's state on this rank. */
export class StateLayouts<G extends ParamGroup> {
  /** What this rank has of each weight; undefined: all. */
  slices: Slices | undefined;
  readonly #rule: UpdateRule<G>;
  #seeds: ReadonlyMap<Parameter, number> = new Map(); // of those that are rounded at random

  constructor(rule: UpdateRule<G>) {
    this.#rule = rule;
  }

  /** Whether some weights are rounded at random. */
  get areSomeRounded(): boolean {
    return this.#seeds.size > 0;
  }

  /** Those of these in bfloat16 are rounded at random from now on, and no others. */
  roundAtRandom(parameters: readonly Parameter[]): void {
    this.#seeds = seedsOf(parameters);
  }

  /** Undefined for a weight that is not rounded at random. @param step () float32: how many updates it has seen */
  drawsOf(parameter: Parameter, step: Tensor): Draws | undefined {
    return drawsAt(this.#seeds.get(parameter), step, this.rangeOf(parameter));
  }

  /** What this rank updates of a weight; undefined: all of it. */
  rangeOf(parameter: Parameter): Range | undefined {
    return this.slices?.of(parameter);
  }

  /** What this rank remembers of a weight. */
  held(parameter: Parameter, group: G): StateLayout {
    return heldState(this.whole(parameter, group), {
      shape: parameter.shape,
      blockSize: this.#rule.blockSize,
      range: this.rangeOf(parameter),
    });
  }

  /** What all ranks do. */
  whole(parameter: Parameter, group: G): StateLayout {
    const layout = this.#rule.state(group, parameter.shape);
    return this.#seeds.has(parameter) ? inTypeOfWeight(layout, parameter) : layout;
  }

  /** Of what whole tensor this rank's of this name is a part; undefined where it is all. */
  partOf(parameter: Parameter, group: G, name: string): HeldPart | undefined {
    const range = this.rangeOf(parameter);
    if (range === undefined) return undefined;
    const shape = name === "master" ? parameter.shape : this.whole(parameter, group)[name]?.shape;
    return shape && { shape, ...this.#rangeIn(shape, parameter, range) };
  }

  /** Elements of a whole tensor that belong to a range of a weight; undefined: to all of it. */
  cut(whole: Tensor, parameter: Parameter, range: Range | undefined): Tensor {
    if (range === undefined) return whole;
    return elementsOf(whole, this.#rangeIn(whole.shape, parameter, range));
  }

  /** This rank's of numbers that are its own already, or those of all ranks. */
  share(parameter: Parameter, own: Tensor, given: Tensor): Tensor {
    if (own.shape.join() === given.shape.join()) return given;
    return this.cut(given.contiguous(), parameter, this.rangeOf(parameter));
  }

  #rangeIn(shape: readonly number[], { numel }: Parameter, range: Range): Range {
    return rangeIn(shape, { numel, range, blockSize: this.#rule.blockSize });
  }
}
