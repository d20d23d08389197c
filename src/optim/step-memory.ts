// What an optimizer remembers and what an update needs on the way, counted on "meta": the rule runs there as it runs with numbers.
import { empty, full } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { countOnMeta, type StandsFor } from "../tensor/memory-count.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { groupBy } from "./group-by.js";
import { heldState } from "./held-state.js";
import type { ParamGroup } from "./optimizer.js";
import { shapeOf } from "./slices.js";
import type { Piece, UpdateRule } from "./update-rule.js";

/** Bytes of this rank. */
export interface StepMemory {
  /** Moments and counts of steps. */
  readonly stateBytes: number;
  /** float32 copies of weights in 16 bits. */
  readonly masterBytes: number;
  /** The most that an update holds beside all that stays. */
  readonly updateBytes: number;
}

/** What a step is counted for. */
export interface StepMemoryOptions {
  /** Element type that a parameter computes in, and its gradient has. */
  readonly dtypeOf: (parameter: Parameter) => DType;
  /** Whether parameters in 16 bits have float32 masters. */
  readonly masters: boolean;
  /** Whether gradients are scaled within the step, as for clipping. */
  readonly scales: boolean;
  /** Whether a step may be skipped. */
  readonly skips: boolean;
  /** Whose allocator rounds. */
  readonly device: StandsFor;
  /** What this rank updates of a parameter; undefined: all of it. */
  readonly rangeOf: (parameter: Parameter) => Range | undefined;
}

export function countStepMemory<G extends ParamGroup>(
  rule: UpdateRule<G>,
  groups: readonly G[],
  options: StepMemoryOptions,
): StepMemory {
  return scoped(() =>
    noGrad(() => {
      const bare = groups.map((group) => ({ group, weights: weightsOf(group, options) }));
      return countOnMeta(options.device, (endPart) => {
        const states = bare.map(({ group, weights }) =>
          weights.map(({ of, range }) => ({
            step: onMeta([], "float32"),
            state: Object.fromEntries(
              Object.entries(heldState(rule, group, { shape: of.shape, range })).map(
                ([name, { shape, dtype }]) => [name, onMeta(shape, dtype)],
              ),
            ),
          })),
        );
        const stateBytes = endPart().heldBytes;
        const pieces = bare.map(({ weights }, i) =>
          weights.map(
            ({ target, grad }, j): Piece => ({
              ...{ target, grad, master: masterOf(target, options) },
              ...(states[i]?.[j] as Pick<Piece, "step" | "state">),
            }),
          ),
        );
        const masterBytes = endPart().heldBytes;
        for (const [i, { group }] of bare.entries())
          update(rule, group, { pieces: pieces[i] as Piece[], options });
        return { stateBytes, masterBytes, updateBytes: endPart().peakBytes };
      });
    }),
  );
}

interface Weight {
  readonly of: Parameter;
  readonly range: Range | undefined;
  readonly target: Tensor;
  readonly grad: Tensor;
}

function weightsOf(
  { parameters }: ParamGroup,
  { dtypeOf, rangeOf }: StepMemoryOptions,
): readonly Weight[] {
  return parameters
    .filter(({ requiresGrad }) => requiresGrad)
    .map((of) => {
      const [range, dtype] = [rangeOf(of), dtypeOf(of)];
      const shape = range === undefined ? of.shape : shapeOf(of.shape, range);
      return { of, range, target: onMeta(shape, dtype), grad: onMeta(shape, dtype) };
    });
}

function masterOf({ shape, dtype }: Tensor, { masters }: StepMemoryOptions): Tensor | undefined {
  return masters && dtype !== "float32" ? onMeta(shape, "float32") : undefined;
}

function update<G extends ParamGroup>(
  rule: UpdateRule<G>,
  group: G,
  { pieces, options }: { readonly pieces: readonly Piece[]; readonly options: StepMemoryOptions },
): void {
  const one = (): Tensor => full([], 1, { device: "meta" });
  const by = {
    ...(options.scales && { gradScale: one() }),
    ...(options.skips && { skipIf: one() }),
    sumOverSlices: (sums: Tensor) => sums,
  };
  const given = pieces.filter(({ target }) => target.numel > 0);
  for (const alike of groupBy(given, ({ target }) => target.dtype).values())
    scoped(() => rule.update(alike, group, by));
}

function onMeta(shape: readonly number[], dtype: DType): Tensor {
  return empty(shape, { dtype, device: "meta" });
}
