// 16-bit weights without masters: weight and what is remembered of each of its elements are in bfloat16, and an update rounds them at
// random (stochastic rounding, Gupta et al. 2015), so that changes smaller than the last bit are kept on average. What is drawn
// depends on the weight, its number of updates and the element's place (native/kernels/draws.h): ranks that share the weights draw
// what one rank draws.
import type { DType } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Draws, Piece, StateLayout, StateTensor } from "./update-rule.js";

/** Different bits for an element's weight and up to seven tensors of its state. */
const MAX_DRAW = 7;

/** A rule's state as it is kept of a weight of this shape and dtype: what has a number for each element, in the weight's dtype. */
export function inTypeOfWeight(
  layout: StateLayout,
  { shape, dtype }: { readonly shape: readonly number[]; readonly dtype: DType },
): StateLayout {
  if (dtype !== "bfloat16") return layout;
  const isOfElements = (like: StateTensor): boolean =>
    like.dtype === "float32" && like.isExact !== true && like.shape.join() === shape.join();
  return Object.fromEntries(
    Object.entries(layout).map(([name, like]) => [
      name,
      isOfElements(like) ? { ...like, dtype } : like,
    ]),
  );
}

/** Parameters are numbered in the optimizer's order, which all ranks have. Only those in bfloat16 are rounded. */
export function seedsOf(parameters: readonly Parameter[]): ReadonlyMap<Parameter, number> {
  const numbered = parameters.map((each, i) => [each, i] as const);
  return new Map(numbered.filter(([{ dtype }]) => dtype === "bfloat16"));
}

/** @param range what of the weight is updated; undefined: all of it */
export function drawsAt(
  seed: number | undefined,
  step: Tensor,
  range: Range | undefined,
): Draws | undefined {
  return seed === undefined ? undefined : { seed, step, begin: range?.begin ?? 0 };
}

/** What `adamw_` takes of pieces that are rounded at random; nothing for others. */
export function drawsOf(pieces: readonly Piece[]): object {
  const draws = pieces.flatMap((piece) => piece.draws ?? []);
  return draws.length === 0 ? {} : { draw_steps: draws.map(({ step }) => step), ...places(draws) };
}

/** Pieces as rules with float32 arithmetic see them. */
export interface InFloat32 {
  /** Those that are rounded at random are copies in float32. */
  readonly pieces: readonly Piece[];
  /** Rounds what became of the copies into what they are copies of. */
  round(): void;
}

/** Copies live as long as the innermost scope. */
export function inFloat32(pieces: readonly Piece[]): InFloat32 {
  const copies: Copy[] = [];
  const widened = pieces.map((piece): Piece => {
    const { draws, target, state } = piece;
    if (draws === undefined) return piece;
    const copied = (home: Tensor, draw: number): Tensor => {
      if (home.dtype !== "bfloat16") return home;
      const copy = home.to("float32");
      copies.push({ home, copy, draw, draws });
      return copy;
    };
    return {
      ...piece,
      draws: undefined,
      target: copied(target, 0),
      state: Object.fromEntries(
        Object.entries(state).map(([name, home], i) => [
          name,
          copied(home, Math.min(i + 1, MAX_DRAW)),
        ]),
      ),
    };
  });
  return { pieces: widened, round: () => round(copies) };
}

interface Copy {
  readonly home: Tensor;
  readonly copy: Tensor;
  readonly draw: number;
  readonly draws: Draws;
}

function round(copies: readonly Copy[]): void {
  for (const draw of new Set(copies.map((each) => each.draw))) {
    const some = copies.filter((each) => each.draw === draw);
    const draws = some.map((each) => each.draws);
    ops.notebooster.round_at_random_(
      some.map(({ home }) => home),
      some.map(({ copy }) => copy),
      draws.map(({ step }) => step),
      { ...places(draws), draw },
    );
  }
}

function places(draws: readonly Draws[]): { readonly seeds: number[]; readonly begins: number[] } {
  return { seeds: draws.map(({ seed }) => seed), begins: draws.map(({ begin }) => begin) };
}
