// What an optimizer remembers of each weight: its master, the rule's state and the count of steps; of all of it, or of a slice where
// ranks share the update (slices.ts).
import { snakeCase } from "../arguments/cases.js";
import { liesOnHost } from "../device/host-arena.js";
import { empty, zeros } from "../tensor/create.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import {
  giveMaster,
  hasMaster,
  heldMasterOf,
  moveMaster,
  noteUpdated,
  write,
} from "../tensor/masters.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep, scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { heldOf, weightsOwnerOf } from "../tensor/weights-owner.js";
import { HostState, type OnHost, type PieceUpdate } from "./host-state.js";
import type { ParameterState, ParamGroup, StateDescription } from "./optimizer.js";
import { inParts, type PieceOf } from "./piece-batches.js";
import { elementsOf, type HeldPart, type Slices } from "./slices.js";
import { requireFit, requireSameShape } from "./state-fit.js";
import { StateLayouts } from "./state-layouts.js";
import { likeWeight, type Scaling, type UpdateRule } from "./update-rule.js";

interface Remembered {
  /** Of the parameter. */
  readonly shape: readonly number[];
  readonly step: Tensor; // () float32, on the parameter's device: a CUDA graph counts on
  readonly state: Readonly<Record<string, Tensor>>;
}

export class TensorStore<G extends ParamGroup> {
  readonly #rule: UpdateRule<G>;
  readonly #layouts: StateLayouts<G>;
  readonly #remembered = new Map<Parameter, Remembered>();
  #hasMasters: boolean = false;
  #host: HostState | undefined;
  #onHost: ReadonlySet<Parameter> = new Set();

  constructor(rule: UpdateRule<G>) {
    this.#rule = rule;
    this.#layouts = new StateLayouts(rule);
  }

  /** Those of a group's parameters that have a gradient; what is to be remembered of them begins as zeros. */
  pieces(group: G): PieceOf[] {
    return group.parameters.flatMap((of) => {
      const slices = this.#layouts.rangeOf(of) === undefined ? undefined : this.#layouts.slices;
      const grad = slices === undefined ? of.grad : slices.gradOf(of);
      if (grad === null) return [];
      const { step, state } = this.#of(of, group);
      const draws = this.#layouts.drawsOf(of, step);
      return { of, ...this.#weightOf(of), master: this.#masterOf(of), grad, step, state, draws };
    });
  }

  /**
   * Has pieces updated that are of one kind: on the device those whose state is there, and then those whose state comes from the host.
   * @param pieces also those without elements, which count as updated and are not
   * @param whenUpdated see `Scaling`
   */
  update(pieces: readonly PieceOf[], how: PieceUpdate, whenUpdated: Scaling["whenUpdated"]): void {
    const tell = (some: readonly PieceOf[]): void => whenUpdated?.(some.map(({ of }) => of));
    const run = (some: readonly PieceOf[]): void => {
      const isOfSlices = how.sees === "tensors"; // sums over them are of all ranks
      const given = isOfSlices ? some : some.filter(({ target }) => target.numel > 0);
      if (given.length > 0) how.update(given);
      for (const { of } of some) noteUpdated(of); // before anyone has to wait for them
    };
    for (const { of } of pieces) weightsOwnerOf(of)?.updating(of);
    const here = pieces.filter(({ of }) => !this.#onHost.has(of));
    for (const part of whenUpdated === undefined ? [here] : inParts(here)) {
      run(part);
      tell(part);
    }
    const onHost = pieces.filter(({ of }) => this.#onHost.has(of));
    this.#host?.update(onHost, { ...how, update: run });
    tell(onHost);
  }

  /**
   * What is remembered, now and from now on, is of these slices, or of whole weights (undefined). All ranks call it: slices become
   * whole before they are cut anew, of one weight at a time.
   */
  useSlices(groups: readonly G[], slices: Slices | undefined): void {
    for (const group of groups)
      for (const parameter of group.parameters) this.#cutAnew(parameter, group, slices);
    this.#layouts.slices = slices;
  }

  /** What is remembered of some parameters lies in host memory from now on, of all others on their device; undefined: of all. */
  useHost(groups: readonly G[], onHost: OnHost | undefined): void {
    const before = this.#host;
    const isKept = onHost !== undefined && before?.isOf(onHost) === true;
    this.#host = isKept ? before : onHost && new HostState(onHost);
    this.#onHost = onHost?.parameters ?? new Set();
    for (const group of groups)
      for (const each of group.parameters)
        if (!this.#isPlaced(each, isKept)) this.#move(each, group);
    if (!isKept) before?.dispose();
  }

  /** Looks at where it is: memory may have run out on the way. */
  #isPlaced(parameter: Parameter, isKept: boolean): boolean {
    const state = Object.values(this.#remembered.get(parameter)?.state ?? {});
    const isAway = [...state, heldMasterOf(parameter)].some((each) => each && liesOnHost(each));
    return isAway === this.#onHost.has(parameter) && (isKept || !isAway);
  }

  /** To where what is remembered of it lies now. */
  #move(parameter: Parameter, group: G): void {
    const found = this.#remembered.get(parameter);
    moveMaster(parameter, (shape) => this.#empty(parameter, shape, "float32"));
    if (found === undefined) return;
    const layout = this.#layouts.held(parameter, group);
    const state = noGrad(() =>
      Object.fromEntries(
        Object.entries(found.state).map(([name, held]) => [
          name,
          this.#empty(parameter, held.shape, layout[name]?.dtype ?? held.dtype).copy_(held),
        ]),
      ),
    );
    for (const tensor of Object.values(found.state)) tensor.dispose();
    this.#remembered.set(parameter, { ...found, state });
  }

  /** Of what whole tensor that of `stateOf` by this name is a part; undefined where it is all. */
  partOf(parameter: Parameter, group: G, name: string): HeldPart | undefined {
    return this.#layouts.partOf(parameter, group, name);
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

  /** Has bfloat16 weights rounded at random from now on, or none; what is remembered of them changes its dtype. */
  useStochasticRounding(groups: readonly G[], isOn: boolean): void {
    if (!isOn && !this.#layouts.areSomeRounded) return;
    this.#layouts.roundAtRandom(isOn ? groups.flatMap(({ parameters }) => parameters) : []);
    if (isOn) this.#hasMasters = false;
    for (const group of groups)
      for (const each of group.parameters.filter(({ requiresGrad }) => requiresGrad)) {
        this.#move(each, group);
        this.#of(each, group);
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
    return { ...master, ...this.#layouts.whole(parameter, group), step: "number" };
  }

  /**
   * Takes over what `stateOf` gave, in this process or in the one that saved it, or its share of whole tensors. Nothing is changed
   * unless all is there.
   * @throws TypeError, RangeError naming what is missing, left over or of another shape
   */
  loadState(parameter: Parameter, group: G, saved: ParameterState): void {
    const { master, step, ...state } = saved;
    const own = this.#of(parameter, group);
    requireFit(
      { ...state, ...(step !== undefined && { step }) },
      {
        of: this.#rule.name,
        whole: this.#layouts.whole(parameter, group),
        own: this.#layouts.held(parameter, group),
      },
    );
    noGrad(() => {
      own.step.fill_(step as number);
      for (const [name, tensor] of Object.entries(own.state))
        tensor.copy_(this.#layouts.share(parameter, tensor, state[name] as Tensor));
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

  /** Where what lies in host memory comes to on the device. */
  get hostPlaces(): readonly Tensor[] {
    return this.#host?.places ?? [];
  }

  /** What is updated of a weight. */
  #weightOf(of: Parameter): Pick<PieceOf, "target" | "isWeightOnHost"> {
    if (weightsOwnerOf(of) === undefined) {
      const { slices } = this.#layouts;
      const isWhole = this.#layouts.rangeOf(of) === undefined;
      return { target: isWhole ? of : (slices as Slices).weightsOf(of), isWeightOnHost: false };
    }
    const { numbers, isOnHost } = heldOf(of);
    return { target: numbers, isWeightOnHost: isOnHost };
  }

  #masterOf(parameter: Parameter): Tensor | undefined {
    const isLate = this.#hasMasters && itemSize(parameter.dtype) < itemSize("float32"); // frozen until now
    return heldMasterOf(parameter) ?? (isLate ? this.#giveMaster(parameter) : undefined);
  }

  #giveMaster(parameter: Parameter, original?: Tensor): Tensor {
    const [slices, range] = [this.#layouts.slices, this.#layouts.rangeOf(parameter)];
    const make = (shape: readonly number[]): Tensor => this.#empty(parameter, shape, "float32");
    if (slices === undefined || range === undefined)
      return giveMaster(parameter, { original, make });
    const slice = {
      of: (tensor: Tensor) =>
        tensor === parameter ? slices.weightsOf(parameter) : elementsOf(tensor, range),
      whole: (held: Tensor) => slices.whole(held, { ...range, shape: parameter.shape }),
    };
    return giveMaster(parameter, { original, make, slice });
  }

  /** Of undefined content, where what is remembered of the parameter lies. */
  #empty(parameter: Parameter, shape: readonly number[], dtype: DType): Tensor {
    const host = this.#onHost.has(parameter) ? this.#host : undefined;
    return host?.take(shape, dtype) ?? keep(empty(shape, { dtype, device: parameter.device }));
  }

  #loadMaster(parameter: Parameter, numbers: Tensor): void {
    const own = heldMasterOf(parameter);
    if (own === undefined) return;
    if (numbers.numel === parameter.numel) write(parameter, numbers);
    else noGrad(() => void own.copy_(numbers)); // of the same slice, whose weights are loaded with all others
  }

  #cutAnew(parameter: Parameter, group: G, slices: Slices | undefined): void {
    const found = this.#remembered.get(parameter);
    if (found === undefined) return;
    requireSameShape(parameter, found);
    const range = slices?.of(parameter);
    const cut = (name: string, held: Tensor): Tensor => {
      const part = this.partOf(parameter, group, name);
      const whole = part === undefined ? held : (this.#layouts.slices as Slices).whole(held, part);
      return this.#layouts.cut(whole, parameter, range);
    };
    const anew = (tensor: Tensor): Tensor =>
      this.#empty(parameter, tensor.shape, tensor.dtype).copy_(tensor);
    scoped(() => {
      const state = Object.entries(found.state).map(([name, held]) => [
        name,
        anew(cut(name, held)),
      ]);
      const { dtype } = found.step;
      const step = keep(empty([], { dtype, device: parameter.device })).copy_(found.step);
      const made = { step, state: Object.fromEntries(state) };
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
    const layout = Object.entries(this.#layouts.held(parameter, group));
    const made = {
      shape,
      step: keep(zeros([], { device, dtype: "float32" })),
      state: Object.fromEntries(
        layout.map(([name, like]) => [
          name,
          noGrad(() => this.#empty(parameter, like.shape, like.dtype).zero_()),
        ]),
      ),
    };
    this.#remembered.set(parameter, made);
    return made;
  }
}
