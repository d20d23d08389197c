// Two-level autograd. Inside a block libtorch records; between blocks this tape does. A block's output is cut from
// its graph and handed on as a fresh leaf, and backward() walks the tape in reverse, giving each block the gradient
// of its output. So everything that large models need between blocks (gathering parameters, recomputation, reducing
// gradients) is plain TypeScript that runs between native calls.
import { callback, kind, refusePromise, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";
import { aTensor } from "./arguments.js";
import { type BlockOwner, BlockScope, type Cut, leafOf } from "./block-scope.js";
import { PassNews } from "./gradient-owner.js";
import { mapTensors } from "./map-tensors.js";
import type { Parameter } from "./parameter.js";
import { isComputedAgain, isPartOfRecomputed, type Recomputable, SeenInputs } from "./recompute.js";
import { LOSS, spannedBlock } from "./spans.js";
import { Tensor } from "./tensor.js";
import { noteGradients } from "./torn-gradients.js";
import { withWeights } from "./weights-owner.js";

/** Where the graph of a block ends. */
interface GraphEnds {
  /** Calls `read` with the outputs that have a gradient. */
  use(read: (outputs: readonly Tensor[]) => void): void;
  dispose(): void;
}

interface Entry {
  readonly owner: BlockOwner;
  readonly parameters: readonly Parameter[];
  readonly ends: GraphEnds;
  /** For each output with a gradient, what begins everything after it. */
  readonly leaves: readonly Tensor[];
  /** How many of them code in the block has kept by itself. */
  readonly numKept: number;
}

export type { BlockOwner };

const anOwner = kind<BlockOwner>(
  "a module, or anything with parameters()",
  (value) => typeof (value as BlockOwner | null)?.parameters === "function",
);

let entries: Entry[] = [];
/** The scope of the block that is running, of nested ones the outer. */
let outermost: BlockScope | undefined;
/** Whether a backward pass has begun and not ended. */
let isUnderWay = false;
/** Is told of each block before a pass comes to it. */
let watcher: ((block: BlockOwner, pass: "forward" | "backward") => void) | undefined;

/** While `body` runs, `watch` is told of each block, those within others left out, before a pass comes to it. */
export function watchBlocks<T>(watch: NonNullable<typeof watcher>, body: () => T): T {
  const before = watcher;
  watcher = watch;
  try {
    return body();
  } finally {
    watcher = before;
  }
}

/**
 * Runs one block of a model. What it makes inside is freed when it returns; its output, alone or as the values of
 * an object, is cut from the block's graph when gradients are recorded, and so is what code inside takes out by `keep`, as a
 * layer's auxiliary loss: a loss may use both. A block within another is part of that one.
 * @param owner whose parameters the block uses
 */
export function runBlock<T extends object>(owner: BlockOwner, body: () => T): T {
  requireValue("runBlock: owner", owner, anOwner);
  requireValue("runBlock: body", body, callback);
  return inBlock(owner, body, (outputs, keep) => new KeptGraph(outputs, keep));
}

/**
 * The same for a block that the backward pass computes again from `inputs`: no graph is kept. `body` must compute the same
 * from the same inputs.
 */
export function runRecomputed<In, T extends object>(
  owner: BlockOwner,
  block: Recomputable<In, T>,
): T {
  let seen: SeenInputs<In, T>;
  const first = (): T => {
    seen = new SeenInputs(block, owner);
    return seen.run();
  };
  return inBlock(owner, first, (_, keep) => seen.keptBy(keep));
}

/** Makes the end of the block's graph of the outputs that have a gradient; what it keeps for them outlives the block by `keep`. */
type MakeEnds = (outputs: readonly Tensor[], keep: (tensor: Tensor) => Tensor) => GraphEnds;

/** Runs `body` in a scope of its own. A block within another is part of that one, whose graph goes on through it. */
function inBlock<T>(owner: BlockOwner, body: () => T, makeEnds: MakeEnds): T {
  const inner = new BlockScope();
  const isOutermost = outermost === undefined;
  if (isOutermost && !isPartOfRecomputed()) watcher?.(owner, "forward");
  outermost ??= inner;
  outermost.include(owner);
  try {
    // Computed again it is part of a backward pass, which needs all weights of the outermost block.
    const isTimed = isOutermost && !isPartOfRecomputed();
    const timed = isTimed ? () => spannedBlock("forward", owner, body) : body;
    const output = isComputedAgain()
      ? body()
      : withWeights(() => owner.parameters(), "forward", timed);
    refusePromise("runBlock", output);
    if (isOutermost && native.gradEnabled() && !isPartOfRecomputed())
      return cutOutputs(inner, output, makeEnds);
    return mapTensors(output, (tensor) => inner.handOn(tensor));
  } finally {
    if (isOutermost) outermost = undefined;
    inner.close();
  }
}

/** Cuts what leaves the block off its graph, of which the tape holds the ends. */
function cutOutputs<T>(inner: BlockScope, output: T, makeEnds: MakeEnds): T {
  const cuts: Cut[] = [];
  const handedOn = mapTensors(output, (tensor) => {
    if (!tensor.requiresGrad) return inner.handOn(tensor);
    const leaf = leafOf(tensor);
    cuts.push({ output: tensor, leaf });
    return inner.handOn(new Tensor(native.alias(leaf.handle)));
  });
  const kept = inner.cutKept();
  dropForgotten();
  record(inner, [...cuts, ...kept], kept.length, makeEnds);
  for (const { output } of kept) output.dispose();
  return handedOn;
}

function record(
  inner: BlockScope,
  cuts: readonly Cut[],
  numKept: number,
  makeEnds: MakeEnds,
): void {
  if (cuts.length === 0) return;
  const outlive = (tensor: Tensor): Tensor => inner.handOn(tensor);
  entries.push({
    owner: inner.owner,
    parameters: inner.parameters(),
    ends: makeEnds(
      cuts.map(({ output }) => output),
      outlive,
    ),
    leaves: cuts.map(({ leaf }) => outlive(leaf)),
    numKept,
  });
}

/** Holds the outputs of a block, and with them its graph. */
class KeptGraph implements GraphEnds {
  readonly #outputs: readonly Tensor[];

  constructor(outputs: readonly Tensor[], keep: (tensor: Tensor) => Tensor) {
    this.#outputs = outputs.map(({ handle }) => keep(new Tensor(native.alias(handle))));
  }

  use(read: (outputs: readonly Tensor[]) => void): void {
    read(this.#outputs);
  }

  dispose(): void {
    for (const output of this.#outputs) output.dispose();
  }
}

/**
 * Accumulates gradients into the `grad` of every parameter that `loss` depends on.
 * @param gradient of the same shape as `loss`; may be left out for a loss with one element
 * @throws Error when `loss` does not depend on anything that requires a gradient
 */
export function backward(loss: Tensor, gradient?: Tensor, ...more: never[]): void {
  refuseSurplus("backward(loss, gradient)", more, "graphs are freed as they are gone through");
  requireLoss(loss, gradient);
  noteGradients();
  isUnderWay = true;
  const news = new PassNews(
    entries.map(({ parameters }) => parameters),
    loss,
  );
  try {
    news.lossComing();
    const throughLoss = (): void =>
      spannedBlock("backward", LOSS, () =>
        native.backward([loss.handle], [gradient?.handle ?? null]),
      );
    withWeights(() => news.ofLoss, "backward", throughLoss);
    news.lossDone();
    const waiting: Entry[] = [];
    for (let i = entries.length - 1; i >= 0; i--) {
      const entry = entries[i] as Entry;
      if (backwardThrough(entry, news)) news.blockDone(entry.parameters);
      else waiting.unshift(entry);
    }
    entries = waiting;
    isUnderWay = false;
    news.ended();
  } catch (failure) {
    news.failed();
    throw failure;
  } finally {
    dropTorn();
  }
}

Tensor.prototype.backward = function (this: Tensor, gradient?: Tensor, ...more: never[]): void {
  refuseSurplus("x.backward(gradient)", more, "graphs are freed as they are gone through");
  backward(this, gradient);
};

whenCutOff(() => {
  outermost = undefined;
  dropTorn();
});

/** After a pass that did not come to its end: drops the blocks that it had reached, for their graphs are used up. */
function dropTorn(): void {
  if (!isUnderWay) return;
  isUnderWay = false;
  const torn = new Set(entries.filter(({ leaves }) => leaves.some(isReached)));
  for (const entry of torn) free(entry);
  entries = entries.filter((entry) => !torn.has(entry));
}

function isReached(leaf: Tensor): boolean {
  if (leaf.isDisposed) return true;
  const gradient = native.grad(leaf.handle);
  if (gradient !== null) native.dispose(gradient);
  return gradient !== null;
}

/** False when no gradient has reached the block. */
function backwardThrough(entry: Entry, news: PassNews): boolean {
  const gradients = entry.leaves.map((leaf) => (leaf.isDisposed ? null : native.grad(leaf.handle)));
  const reached = gradients.filter((gradient) => gradient !== null);
  if (reached.length === 0) return false;
  watcher?.(entry.owner, "backward");
  news.blockComing(entry.parameters);
  const through = (outputs: readonly Tensor[]): void => {
    requireAsMany(outputs, entry.leaves);
    const those = outputs.filter((_, i) => gradients[i] !== null);
    native.backward(
      those.map(({ handle }) => handle),
      reached,
    );
  };
  withWeights(
    () => entry.parameters,
    "backward",
    () => spannedBlock("backward", entry.owner, () => entry.ends.use(through)),
  );
  for (const gradient of reached) native.dispose(gradient);
  free(entry);
  return true;
}

function requireAsMany(outputs: readonly Tensor[], leaves: readonly Tensor[]): void {
  if (outputs.length === leaves.length) return;
  throw new Error(
    `backward: a block that is computed again gave ${outputs.length} tensors with a gradient, those that it keeps included, and ${leaves.length} in the forward pass; have it compute and keep the same each time, or call model.gradientCheckpointingDisable()`,
  );
}

function free({ ends, leaves }: Entry): void {
  for (const leaf of leaves) {
    if (!leaf.isDisposed) native.setGrad(leaf.handle, undefined);
    leaf.dispose();
  }
  ends.dispose();
}

/**
 * Drops blocks that no backward pass can reach any more: of whose leaves the tape is the last holder. Latest first, because each
 * block's graph holds the leaves of those before it; so one that is not forgotten ends the search, unless what a block has kept
 * by itself makes it live longer than those before it.
 */
function dropForgotten(): void {
  const isAnyKept = entries.some(({ numKept }) => numKept > 0);
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Entry;
    if (entry.leaves.every(isForgotten)) {
      free(entry);
      entries.splice(i, 1);
    } else if (!isAnyKept) return;
  }
}

function isForgotten(leaf: Tensor): boolean {
  return leaf.isDisposed || native.useCount(leaf.handle) === 1;
}

function requireLoss(loss: Tensor, gradient: Tensor | undefined): void {
  requireValue("backward: loss", loss, aTensor);
  if (gradient !== undefined) requireValue("backward: gradient", gradient, aTensor);
  if (!loss.requiresGrad) {
    throw new TypeError(
      `backward: loss must depend on something that requires a gradient, got ${describeValue(loss)}; parameters do, and tensors made with requiresGrad: true, outside of noGrad`,
    );
  }
  if (gradient === undefined && loss.numel !== 1) {
    throw new RangeError(
      `backward: loss must have one element, got ${describeValue(loss)}; reduce it, as loss.mean(), or give the gradient`,
    );
  }
}
