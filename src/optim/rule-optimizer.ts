// An optimizer: groups of parameters, a rule that updates them, and a store of what it remembers.
import { anyOf, type Check, kind, number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { nameHolders } from "../device/holders.js";
import { wholly } from "../host/index.js";
import { noGrad } from "../tensor/grad-mode.js";
import { noteGradientsUsed } from "../tensor/gradient-owner.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import { type SpanStart, spanned } from "../tensor/spans.js";
import { Tensor } from "../tensor/tensor.js";
import { weightsOwnersOf } from "../tensor/weights-owner.js";
import { inElementOrder } from "./element-order.js";
import { groupBy } from "./group-by.js";
import type { OnHost } from "./host-state.js";
import {
  aParameterList,
  checkParameters,
  optimizerText,
  type ParameterState,
  type ParamGroup,
  requireSomeTrained,
  type StateDescription,
} from "./optimizer.js";
import type { PieceOf } from "./piece-batches.js";
import type { HeldPart, SliceableOptimizer, Slices } from "./slices.js";
import { countStepMemory, type StepMemory, type StepMemoryOptions } from "./step-memory.js";
import { TensorStore } from "./tensor-store.js";
import type { Scaling, UpdateRule } from "./update-rule.js";

/** Parameters with hyperparameters of their own; the others are the optimizer's. */
export type GivenGroup<G extends ParamGroup> = Pick<G, "parameters"> & Partial<G>;

/** One list, or groups. */
export type GivenParameters<G extends ParamGroup> = readonly Parameter[] | readonly GivenGroup<G>[];

export const aRate: Check<number | Tensor> = anyOf(
  number({ min: 0 }),
  kind<Tensor>(
    "a float32 tensor of one number",
    (value) => value instanceof Tensor && value.dtype === "float32" && value.numel === 1,
  ),
);
export const aDecay: Check<number> = number({ min: 0 });

/** What a class of optimizers makes of what its user gave it. */
export interface OptimizerParts<G extends ParamGroup> {
  readonly parameters: GivenParameters<G>;
  /** Hyperparameters of groups that do not name theirs. */
  readonly defaults: Omit<G, "parameters">;
  /** What each hyperparameter of a group may be. */
  readonly table: OptionTable<Omit<G, "parameters">>;
  readonly rule: UpdateRule<G>;
}

/** What `AdamW`, `Adam` and `SGD` have in common. */
export abstract class RuleOptimizer<G extends ParamGroup> implements SliceableOptimizer {
  /** Parameters and their hyperparameters; `lr` may be changed between steps. */
  readonly paramGroups: readonly G[];
  readonly #rule: UpdateRule<G>;
  readonly #table: OptionTable<Omit<G, "parameters">>;
  readonly #store: TensorStore<G>;

  protected constructor({ parameters, defaults, table, rule }: OptimizerParts<G>) {
    const of = `new ${rule.name}`;
    const groups = groupsIn<G>(of, parameters);
    for (const group of groups)
      checkOptions(`${of}: a group`, group, { parameters: aParameterList, ...table } as OptionTable<
        GivenGroup<G>
      >);
    this.paramGroups = groups.map((group) => ({ ...defaults, ...group }) as unknown as G);
    checkParameters(
      of,
      this.paramGroups.flatMap((group) => group.parameters),
    );
    this.#rule = rule;
    this.#table = table;
    this.#store = new TensorStore(rule);
    nameHolders(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return optimizerText(this.#rule.name, this.paramGroups);
  }

  step(...more: never[]): void {
    refuseSurplus("step()", more, "go forward and backward before it");
    noteGradientsUsed(
      this.paramGroups.flatMap(({ parameters }) => parameters),
      this,
    );
    this.stepScaled({});
  }

  stepScaled(by: Scaling): void {
    wholly(() => noGrad(() => this.#step(by)));
  }

  zeroGrad(): void {
    for (const { parameters } of this.paramGroups)
      for (const parameter of parameters) parameter.grad = null;
  }

  useMasterWeights(originals: ReadonlyMap<Parameter, Tensor>): void {
    this.#store.useMasterWeights(this.paramGroups, originals);
  }

  /**
   * Updates bfloat16 parameters without float32 copies, rounding them at random, and keeps what it remembers of each of their elements
   * in bfloat16 too; or as before.
   */
  useStochasticRounding(isOn: boolean): void {
    this.#store.useStochasticRounding(this.paramGroups, isOn);
  }

  /** For memory reports. */
  namedStates(): Iterable<[what: string, tensor: Tensor, of: Parameter]> {
    return this.#store.named();
  }

  /** Memory on the device that state in host memory comes to, a batch at a time; made by the first step, empty where no state is there. */
  get hostPlaces(): readonly Tensor[] {
    return this.#store.hostPlaces;
  }

  stateOf(parameter: Parameter): ParameterState | undefined {
    return this.#store.stateOf(parameter);
  }

  describeState(parameter: Parameter): StateDescription {
    return this.#store.describe(parameter, this.#groupOf("describeState", parameter));
  }

  /** Takes over a state that `stateOf` gave, in this process or in the one that saved it. */
  loadState(parameter: Parameter, state: ParameterState): void {
    this.#store.loadState(parameter, this.#groupOf("loadState", parameter), state);
  }

  /** Where ranks may cut a weight that they share: at multiples of so many elements; undefined: nowhere. */
  cutsOf(parameter: Parameter): number | undefined {
    const isWhole = this.#rule.sees(this.#groupOf("cutsOf", parameter)) === "matrices";
    return isWhole ? undefined : (this.#rule.blockSize ?? 1);
  }

  /**
   * From now on it keeps and updates slices of weights alone, or whole weights (undefined); what it remembers goes with it.
   * `booster.boost` calls it, on all ranks.
   */
  useSlices(slices: Slices | undefined): void {
    this.#store.useSlices(this.paramGroups, slices);
  }

  /**
   * From now on it keeps what it remembers of some parameters in host memory, and brings it to the device to update them (undefined:
   * of none); what it remembers goes with it. `booster.boost` calls it.
   */
  useHost(onHost: OnHost | undefined): void {
    this.#store.useHost(this.paramGroups, onHost);
  }

  /** Of what whole tensor that of `stateOf` by this name is a part; undefined where it is the whole. */
  partOf(parameter: Parameter, name: string): HeldPart | undefined {
    return this.#store.partOf(parameter, this.#groupOf("partOf", parameter), name);
  }

  /** What it remembers and what its update needs on the way, as memory plans say it; nothing is allocated. */
  stepMemory(options: StepMemoryOptions): StepMemory {
    return countStepMemory(this.#rule, this.paramGroups, options);
  }

  /** @throws RangeError naming a hyperparameter that was assigned and is none, TypeError when all is frozen, PlanError when weights are held */
  requireReady(): void {
    for (const [index, group] of this.paramGroups.entries()) this.#check(index, group);
    const parameters = this.paramGroups.flatMap((group) => group.parameters);
    requireSomeTrained(parameters);
    for (const owner of weightsOwnersOf(parameters)) owner.requireUpdatable("step");
  }

  #groupOf(of: string, parameter: Parameter): G {
    const group = this.paramGroups.find(({ parameters }) => parameters.includes(parameter));
    if (group !== undefined) return group;
    throw new TypeError(
      `${of}: parameter must be one that the optimizer trains, got ${describeValue(parameter)}`,
    );
  }

  /** Hyperparameters may have been assigned since. */
  #check(index: number, group: G): void {
    for (const [name, check] of Object.entries<Check>(this.#table))
      requireValue(`${this.#rule.name}: ${name} of group ${index}`, group[name as keyof G], check);
  }

  #step(by: Scaling): void {
    this.requireReady();
    for (const group of smallestFirst(this.paramGroups)) {
      const [sees, blockSize] = [this.#rule.sees(group), this.#rule.blockSize ?? 1];
      const now = asOfNow(group);
      const reads = [by.gradScale, by.skipIf, now.lr].filter((each) => each instanceof Tensor);
      const update = (some: readonly PieceOf[]): void =>
        spanned(
          () => startOfUpdate(some),
          () => inElementOrder(some, (pieces) => this.#rule.update(pieces, now, by)),
        );
      for (const alike of byKind(this.#store.pieces(group))) {
        countStep(
          alike.map(({ step }) => step),
          by.skipIf,
        );
        this.#store.update(alike, { sees, blockSize, reads, update }, by.whenUpdated);
      }
    }
  }
}

/** Biases and norms, which stand beside large weights, before these: what waits for both need not wait for all. */
function smallestFirst<G extends ParamGroup>(groups: readonly G[]): readonly G[] {
  const size = ({ parameters }: G): number => parameters.reduce((sum, { numel }) => sum + numel, 0);
  return [...groups].sort((a, b) => size(a) - size(b));
}

function startOfUpdate(pieces: readonly PieceOf[]): SpanStart {
  const bytes = pieces.reduce((sum, { target }) => sum + target.nbytes, 0);
  return { action: "update", of: pieces.map(({ of }) => of), bytes };
}

/** A rate in a tensor may be another's before an update that a step leaves behind has read it. */
function asOfNow<G extends ParamGroup>(group: G): G {
  return group.lr instanceof Tensor ? { ...group, lr: group.lr.clone() } : group;
}

/** Adds 1 to every step, 0 where `skipIf` is 1. */
function countStep(steps: readonly Tensor[], skipIf: Tensor | undefined): void {
  if (skipIf === undefined) ops.aten._foreach_add_(steps, 1);
  else ops.aten._foreach_add_(steps, skipIf.rsub(1));
}

/** Rules take pieces of one device and dtype at a time, all of them with masters or none. */
function byKind(pieces: readonly PieceOf[]): Iterable<readonly PieceOf[]> {
  return groupBy(
    pieces,
    ({ of, target, grad, master, draws }) =>
      `${of.device} ${target.dtype} ${grad.dtype} ${master !== undefined} ${draws !== undefined}`,
  ).values();
}

function groupsIn<G extends ParamGroup>(
  of: string,
  given: GivenParameters<G>,
): readonly GivenGroup<G>[] {
  if (areGroups(given)) return given;
  requireValue(`${of}: parameters`, given, aParameterList);
  return [{ parameters: given } as unknown as GivenGroup<G>];
}

/** Whether the first is an object of options; what else is wrong is told of a list of parameters. */
function areGroups<G extends ParamGroup>(
  given: GivenParameters<G>,
): given is readonly GivenGroup<G>[] {
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  return typeof first === "object" && first !== null && first.constructor === Object;
}
