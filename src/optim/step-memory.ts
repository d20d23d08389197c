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
import { HostState, type OnHost } from "./host-state.js";
import type { ParamGroup } from "./optimizer.js";
import { bytesOf, type PieceOf } from "./piece-batches.js";
import { drawsAt, inTypeOfWeight } from "./random-rounding.js";
import { shapeOf } from "./slices.js";
import type { Draws, Piece, Scaling, UpdateRule } from "./update-rule.js";

/** Bytes of this rank. */
export interface StepMemory {
  /** Moments and counts of steps. */
  readonly stateBytes: number;
  /** float32 copies of weights in 16 bits. */
  readonly masterBytes: number;
  /** Where state that lies in host memory comes to, a batch at a time. */
  readonly batchBytes: number;
  /** State and masters in host memory. */
  readonly hostBytes: number;
  /** The most that an update holds beside all that stays. */
  readonly updateBytes: number;
}

/** What a step is counted for. */
export interface StepMemoryOptions {
  /** Element type that a parameter computes in, and its gradient has. */
  readonly dtypeOf: (parameter: Parameter) => DType;
  /** Whether parameters in 16 bits have float32 masters; else they and their state are in bfloat16, rounded at random. */
  readonly masters: boolean;
  /** Whether a step may be skipped. */
  readonly skips: boolean;
  /** Whose allocator rounds. */
  readonly device: StandsFor;
  /** What this rank updates of a parameter; undefined: all of it. */
  readonly rangeOf: (parameter: Parameter) => Range | undefined;
  /** Whose state lies in host memory, and how much of it comes at once; undefined: nobody's. */
  readonly onHost: Pick<OnHost, "parameters" | "batchBytes"> | undefined;
  /** Which weights lie there themselves; default: none. */
  readonly weightsOnHost?: ReadonlySet<Parameter>;
}

export function countStepMemory<G extends ParamGroup>(
  rule: UpdateRule<G>,
  groups: readonly G[],
  options: StepMemoryOptions,
): StepMemory {
  return scoped(() =>
    noGrad(() => {
      const isOnHost = ({ of }: Weight): boolean => options.onHost?.parameters.has(of) === true;
      const isWeightOnHost = (of: Parameter): boolean => options.weightsOnHost?.has(of) === true;
      const bare = groups.map((group) => {
        const weights = weightsOf(group, options);
        const remember = (each: Weight): Remembered => ({
          state: stateOf(rule, group, each),
          master: masterOf(each.target, options),
        });
        // What is made before memory is counted stands for what lies elsewhere.
        const away = weights.map((each) => (isOnHost(each) ? remember(each) : undefined));
        return { group, weights, away };
      });
      const by = scalingOf(options);
      return countOnMeta(options.device, (endPart) => {
        const states = bare.map(({ group, weights, away }) =>
          weights.map((each, i) => ({
            step: onMeta([], "float32"),
            state: away[i]?.state ?? stateOf(rule, group, each),
          })),
        );
        const stateBytes = endPart().heldBytes;
        const pieces = bare.map(({ weights, away }, i) =>
          weights.map(({ of, target, grad, draws }, j): PieceOf => {
            const master = away[j] === undefined ? masterOf(target, options) : away[j].master;
            return {
              ...{ of, target, isWeightOnHost: isWeightOnHost(of), grad, master, draws },
              ...(states[i]?.[j] as (typeof states)[0][0]),
            };
          }),
        );
        const masterBytes = endPart().heldBytes;
        const parted = bare.map(({ group, away }, i) => ({
          group,
          here: pieces[i]?.filter((_, j) => away[j] === undefined) ?? [],
          away: pieces[i]?.filter((_, j) => away[j] !== undefined) ?? [],
        }));
        for (const { group, here } of parted) update(rule, group, { pieces: here, by });
        const ofHere = endPart().peakBytes;
        const { batchBytes: size } = options.onHost ?? {};
        const host = new HostState({
          ...{ device: "meta", late: false },
          ...(size !== undefined && { batchBytes: size }),
        });
        for (const { group, away } of parted) update(rule, group, { pieces: away, by, host });
        const { heldBytes: batchBytes, peakBytes } = endPart();
        host.dispose();
        const updateBytes = Math.max(ofHere, peakBytes - batchBytes);
        const hostBytes = parted
          .flatMap(({ away }) => away)
          .reduce((sum, each) => sum + bytesOf({ ...each, isWeightOnHost: false }), 0);
        return { stateBytes, masterBytes, batchBytes, hostBytes, updateBytes };
      });
    }),
  );
}

/** Of one weight. */
interface Remembered {
  readonly state: Readonly<Record<string, Tensor>>;
  readonly master: Tensor | undefined;
}

function stateOf<G extends ParamGroup>(
  rule: UpdateRule<G>,
  group: G,
  { of, range, target, draws }: Weight,
): Remembered["state"] {
  const { shape } = of;
  const asRuled = rule.state(group, shape);
  const whole = draws ? inTypeOfWeight(asRuled, { shape, dtype: target.dtype }) : asRuled;
  const layout = heldState(whole, { shape, blockSize: rule.blockSize, range });
  return Object.fromEntries(
    Object.entries(layout).map(([name, { shape, dtype }]) => [name, onMeta(shape, dtype)]),
  );
}

interface Weight {
  readonly of: Parameter;
  readonly range: Range | undefined;
  readonly target: Tensor;
  readonly grad: Tensor;
  readonly draws: Draws | undefined;
}

function weightsOf(
  { parameters }: ParamGroup,
  { dtypeOf, rangeOf, masters }: StepMemoryOptions,
): readonly Weight[] {
  return parameters
    .filter(({ requiresGrad }) => requiresGrad)
    .map((of) => {
      const [range, dtype] = [rangeOf(of), dtypeOf(of)];
      const shape = range === undefined ? of.shape : shapeOf(of.shape, range);
      const isRounded = !masters && dtype === "bfloat16";
      const draws = drawsAt(isRounded ? 0 : undefined, onMeta([], "float32"), range);
      return { of, range, target: onMeta(shape, dtype), grad: onMeta(shape, dtype), draws };
    });
}

function masterOf({ shape, dtype }: Tensor, { masters }: StepMemoryOptions): Tensor | undefined {
  return masters && dtype !== "float32" ? onMeta(shape, "float32") : undefined;
}

/** A step divides gradients by its tokens. */
function scalingOf({ skips }: StepMemoryOptions): Scaling {
  const one = (): Tensor => full([], 1, { device: "meta", dtype: "float32" });
  const sumOverSlices = (sums: Tensor): Tensor => sums;
  return { gradScale: one(), ...(skips && { skipIf: one() }), sumOverSlices };
}

/** @param host whose batches the pieces come in; undefined: they are on the device */
function update<G extends ParamGroup>(
  rule: UpdateRule<G>,
  group: G,
  {
    pieces,
    by,
    host,
  }: {
    readonly pieces: readonly PieceOf[];
    readonly by: Scaling;
    readonly host?: HostState;
  },
): void {
  const given = pieces.filter(({ target }) => target.numel > 0);
  const run = (some: readonly Piece[]): void => rule.update(some, group, by);
  const [sees, blockSize] = [rule.sees(group), rule.blockSize ?? 1];
  for (const alike of groupBy(given, ({ target }) => target.dtype).values())
    scoped(() => {
      if (host === undefined) run(alike);
      else host.update(alike, { sees, blockSize, reads: [], update: run });
    });
}

function onMeta(shape: readonly number[], dtype: DType): Tensor {
  return empty(shape, { dtype, device: "meta" });
}
