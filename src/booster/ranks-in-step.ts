// Ranks that train together can be a step apart after a cell that was interrupted or failed: one had made its update, the
// other had not; or one had loaded weights, the other had not. The host then compares where they stand and what they hold, and
// before the next cell those behind take over weights, optimizer state, schedule and data position of the one ahead, whose
// last step was whole; of rank 0 when none is ahead.
import type { Job } from "../cluster/job.js";
import type { LoaderState } from "../data/batch-source.js";
import type { DataLoader } from "../data/data-loader.js";
import { currentHost } from "../host/index.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler, LRSchedulerState } from "../optim/lr-scheduler.js";
import type { ParameterState } from "../optim/optimizer.js";
import { zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { weightsOwnerOf } from "../tensor/weights-owner.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { digestOf } from "./training-digest.js";

/** What was boosted together. */
interface Training {
  /** The same on all ranks. */
  readonly id: number;
  readonly job: Job;
  readonly model: Module;
  readonly optimizer: BoostedOptimizer;
  readonly lrScheduler: LRScheduler | undefined;
  readonly dataloader: DataLoader | undefined;
}

interface State {
  readonly id: number;
  readonly numSteps: number;
  readonly numPasses: number;
  /** Dtype and shape of each parameter. */
  readonly forms: readonly string[];
  /** Of weights and optimizer state. */
  readonly digest: string;
  readonly schedule: LRSchedulerState | null;
  readonly data: LoaderState | null;
}

/** A tensor of an optimizer's state, or its number. */
type Described = number | { readonly shape: readonly number[]; readonly dtype: DType };

/** A training lives as long as its optimizer. */
const byOptimizer = new WeakMap<BoostedOptimizer, Training>();
/** What this rank still has, until it finds that it is gone, by id. */
const known = new Map<number, WeakRef<BoostedOptimizer>>();
/** How ranks talk about trainings that were compared last, some of which may be gone by the time they do. */
let compared: readonly Pick<Training, "id" | "job">[] = [];
let numTrainings = 0;

/** From now on these parts are compared between ranks. All ranks call it. */
export function keepInStep(
  job: Job,
  parts: Partial<Omit<Training, "id" | "job" | "optimizer">> & { readonly optimizer?: unknown },
): void {
  const { model, optimizer, lrScheduler, dataloader } = parts;
  if (job.worldSize === 1 || model === undefined) return;
  if (!(optimizer instanceof BoostedOptimizer)) return;
  const id = job.reduce(numTrainings, "max") + 1; // one rank may have had more, in a cell that was cut off
  if (numTrainings === 0) currentHost()?.compareRanks?.({ state: states, bringTogether });
  numTrainings = id;
  byOptimizer.set(optimizer, { id, job, model, optimizer, lrScheduler, dataloader });
  known.set(id, new WeakRef(optimizer));
}

function states(): State[] {
  const trainings = [...known.keys()].flatMap((id) => trainingOf(id) ?? []);
  compared = trainings.map(({ id, job }) => ({ id, job }));
  return trainings.map(({ id, model, optimizer, lrScheduler, dataloader }) => ({
    id,
    numSteps: optimizer.numSteps,
    numPasses: optimizer.numPasses,
    forms: model.parameters().map(({ dtype, shape }) => `${dtype}[${shape.join(", ")}]`),
    digest: digestOf(model.parameters(), optimizer),
    schedule: lrScheduler?.state() ?? null,
    data: dataloader?.state() ?? null,
  }));
}

function trainingOf(id: number): Training | undefined {
  const optimizer = known.get(id)?.deref();
  if (optimizer === undefined) known.delete(id);
  return optimizer && byOptimizer.get(optimizer);
}

function bringTogether(given: readonly unknown[]): string | undefined {
  const byRank = given as readonly (readonly State[] | null)[];
  requireAnswers(byRank);
  const notes = compared.flatMap(({ id, job }) => {
    const found = byRank.flatMap((all) => all?.find((state) => state.id === id) ?? []);
    if (found.length < byRank.length || areSame(found)) return [];
    const training = trainingOf(id);
    if (job.reduce(training === undefined ? 1 : 0, "max") > 0) return []; // of no use on all ranks
    return (training && follow(training, found)) ?? [];
  });
  return notes.length === 0 ? undefined : notes.join("; ");
}

/** A rank that was asked in vain may stand anywhere. */
function requireAnswers(byRank: readonly (readonly State[] | null)[]): void {
  const silent = byRank.flatMap((states, rank) => (states === null ? rank : []));
  if (silent.length === 0 || byRank.every((states) => (states ?? []).length === 0)) return;
  throw new Error(
    `rank ${silent.join(", ")} did not say where it stands after the cell that failed, so the ranks' weights may differ; run this cell again when it is idle, or start the ranks anew with %cluster`,
  );
}

function areSame(states: readonly State[]): boolean {
  const [first, ...rest] = states.map((state) => JSON.stringify(state));
  return rest.every((state) => state === first);
}

/** @param states of the training, by rank */
function follow(training: Training, states: readonly State[]): string | undefined {
  const { optimizer, lrScheduler, dataloader } = training;
  const difference = differenceOfForms(states);
  if (difference !== undefined) return difference;
  const ahead = states.reduce((best, state) => (isAhead(state, best) ? state : best));
  const source = states.indexOf(ahead);
  optimizer.zeroGrad(); // of steps that some ranks have and others have not
  if (ahead.schedule !== null) lrScheduler?.loadState(ahead.schedule);
  if (ahead.data !== null) dataloader?.loadState(ahead.data);
  const behind = states.flatMap(({ numSteps }, rank) => (numSteps === ahead.numSteps ? [] : rank));
  const others = states.flatMap(({ digest }, rank) => (digest === ahead.digest ? [] : rank));
  if (behind.length === 0 && others.length === 0)
    return "gradients that not all ranks had were dropped";
  takeOver(training, source);
  optimizer.continueFrom(ahead.numSteps);
  if (behind.length === 0)
    return `rank ${others.join(", ")} had other weights or optimizer state than rank ${source}: it took over those of rank ${source}`;
  return `rank ${behind.join(", ")} had not made step ${ahead.numSteps}: it took over weights and optimizer state of rank ${source}`;
}

/** Weights that one rank has converted cannot be taken over: the person reads it, and cells go on. */
function differenceOfForms(states: readonly State[]): string | undefined {
  const length = Math.max(...states.map(({ forms }) => forms.length));
  for (let i = 0; i < length; i += 1) {
    const forms = states.map((state) => state.forms[i] ?? "missing");
    if (forms.every((form) => form === forms[0])) continue;
    const sides = forms.map((form, rank) => `${form} on rank ${rank}`).join(", ");
    return `the ranks' weights were not brought together: parameter ${i} is ${sides}; convert the model on all ranks alike before it is trained on`;
  }
  return undefined;
}

function isAhead(a: State, b: State): boolean {
  const places = ({ numSteps, schedule, data }: State): number[] => [
    numSteps,
    schedule?.step ?? 0,
    data?.epoch ?? 0,
    data?.position ?? 0,
  ];
  const [of_a, of_b] = [places(a), places(b)];
  const first = of_a.findIndex((place, i) => place !== of_b[i]);
  return first !== -1 && (of_a[first] as number) > (of_b[first] as number);
}

function takeOver({ job, model, optimizer }: Training, source: number): void {
  const parameters = [...new Set(model.parameters())];
  // Of those in parts each rank has its own, as of state in slices.
  const whole = parameters.filter((each) => weightsOwnerOf(each) === undefined);
  job.broadcast(whole, source);
  if (optimizer.sync?.sliced !== undefined) return; // of the state each rank has its own, and a step is made by all or none
  const described = fromRank(
    job,
    source,
    parameters.map((each) => describe(optimizer, each)),
  );
  for (const [i, parameter] of parameters.entries()) {
    const wanted = described[i];
    if (wanted === null || wanted === undefined) continue;
    scoped(() => {
      const state = stateLike(wanted, optimizer.stateOf(parameter), parameter);
      job.broadcast(
        Object.values(state).filter((value) => value instanceof Tensor),
        source,
      );
      optimizer.loadState(parameter, state);
    });
  }
}

function describe(
  optimizer: BoostedOptimizer,
  parameter: Parameter,
): Record<string, Described> | null {
  const state = optimizer.stateOf(parameter);
  if (state === undefined) return null;
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      typeof value === "number" ? value : { shape: value.shape, dtype: value.dtype },
    ]),
  );
}

/** This rank's tensors where it has them, and new ones where not, to be overwritten. */
function stateLike(
  described: Record<string, Described>,
  own: ParameterState | undefined,
  { device }: Parameter,
): ParameterState {
  return Object.fromEntries(
    Object.entries(described).map(([key, value]) => [
      key,
      typeof value === "number"
        ? value
        : (own?.[key] ?? zeros(value.shape, { dtype: value.dtype, device })),
    ]),
  );
}

/** What rank `source` gives, on all ranks. */
function fromRank<T>(job: Job, source: number, value: T): T {
  const own = Buffer.from(JSON.stringify(value));
  return JSON.parse(Buffer.from(job.gather(own)[source] as Uint8Array).toString()) as T;
}
