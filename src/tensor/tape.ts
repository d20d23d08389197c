// Two-level autograd. Inside a block libtorch records; between blocks this tape does. A block's output is cut from
// its graph and handed on as a fresh leaf, and backward() walks the tape in reverse, giving each block the gradient
// of its output. So everything that large models need between blocks (gathering parameters, recomputation, reducing
// gradients) is plain TypeScript that runs between native calls.
import { callback, kind, listOf, refusePromise, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { type Handle, native } from "../native/native.js";
import { whenCutOff } from "../report/cut-off.js";
import { aTensor } from "./arguments.js";
import { Parameter } from "./parameter.js";
import { Scope } from "./scope.js";
import { Tensor } from "./tensor.js";
import { noteGradients } from "./torn-gradients.js";

/** One output of a block: `inner` ends the block's own graph, `leaf` begins everything after it. */
interface Cut {
  readonly inner: Tensor;
  readonly leaf: Tensor;
}

/** What a block trains: a module, or anything that lists its parameters. */
export interface BlockOwner {
  /** Parameters that the block uses. */
  parameters(): readonly Parameter[];
}

interface Entry {
  readonly parameters: readonly Parameter[];
  readonly cuts: readonly Cut[];
}

const anOwner = kind<BlockOwner>(
  "a module, or anything with parameters()",
  (value) => typeof (value as BlockOwner | null)?.parameters === "function",
);

const someParameters = listOf<Parameter>({
  ...kind("a Parameter", (value) => value instanceof Parameter),
  each: "parameters",
});
const aGradientOwner = kind<GradientOwner>(
  "an object with gradientReady, passEnded and passFailed",
  (value) =>
    ["gradientReady", "passEnded", "passFailed"].every(
      (name) => typeof (value as Record<string, unknown> | null)?.[name] === "function",
    ),
);

/** Who acts on the gradients of its parameters while backward passes make them, such as what reduces them over ranks. */
export interface GradientOwner {
  /** The gradient of `parameter` is complete in this pass, while blocks before it are still to come. */
  gradientReady(parameter: Parameter): void;
  /** The pass has ended; it reached a block with parameters of this owner. */
  passEnded(): void;
  /** The pass did not come to its end: gradients may be complete in part only. */
  passFailed(): void;
}

let entries: Entry[] = [];
/** The scope of the block that is running, of nested ones the outer: the tape outlives it. */
let outermost: Scope | undefined;
/** Whether a backward pass has begun and not ended. */
let isUnderWay = false;
const owners = new WeakMap<Parameter, GradientOwner>();

/**
 * Runs one block of a model. What it makes inside is freed when it returns; its output, alone or as the values of
 * an object, is cut from the block's graph when gradients are recorded.
 * @param owner whose parameters the block uses
 */
export function runBlock<T extends object>(owner: BlockOwner, body: () => T): T {
  requireValue("runBlock: owner", owner, anOwner);
  requireValue("runBlock: body", body, callback);
  const inner = new Scope("call");
  const isOutermost = outermost === undefined;
  outermost ??= inner;
  const outer = outermost;
  try {
    const output = body();
    refusePromise("runBlock", output);
    return cutOutputs(owner, output, {
      visible: (tensor) => inner.keep(tensor),
      recorded: (tensor) => outer.keep(tensor),
    });
  } finally {
    if (isOutermost) outermost = undefined;
    inner.close();
  }
}

/**
 * The same for code that may hand on tensors by other ways than its result, as a learner's `forward` does that keeps
 * one in a field: nothing is freed.
 */
export function runUnscoped<T>(owner: BlockOwner, body: () => T): T {
  const asTheyAre = (tensor: Tensor): Tensor => tensor;
  return cutOutputs(owner, body(), { visible: asTheyAre, recorded: asTheyAre });
}

/** How tensors are kept: those that the caller sees, and those that the tape needs for the backward pass. */
interface Keeping {
  readonly visible: (tensor: Tensor) => Tensor;
  readonly recorded: (tensor: Tensor) => Tensor;
}

function cutOutputs<T>(owner: BlockOwner, output: T, keep: Keeping): T {
  const cuts: Cut[] = [];
  const visible = mapTensors(output, (tensor) => {
    if (!native.gradEnabled() || !tensor.requiresGrad) return keep.visible(tensor);
    const cut = cutOff(tensor, keep.recorded);
    cuts.push(cut);
    return keep.visible(new Tensor(native.alias(cut.leaf.handle)));
  });
  dropForgotten();
  if (cuts.length > 0) entries.push({ parameters: owner.parameters(), cuts });
  return visible;
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
  const reached = new Set<GradientOwner>();
  try {
    native.backward([loss.handle], [gradient?.handle ?? null]);
    const uses = countUses();
    const waiting: Entry[] = [];
    for (let i = entries.length - 1; i >= 0; i--) {
      const entry = entries[i] as Entry;
      if (backwardThrough(entry)) announce(entry, uses, reached);
      else waiting.unshift(entry);
    }
    entries = waiting;
    isUnderWay = false;
    for (const owner of reached) owner.passEnded();
  } catch (failure) {
    for (const owner of reached) owner.passFailed();
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
  const torn = new Set(entries.filter(({ cuts }) => cuts.some(isReached)));
  for (const entry of torn) free(entry);
  entries = entries.filter((entry) => !torn.has(entry));
}

/** From now on `owner` is told of the gradients of these parameters, instead of who was before; held by them alone. */
export function ownGradients(parameters: readonly Parameter[], owner: GradientOwner): void {
  requireValue("ownGradients: parameters", parameters, someParameters);
  requireValue("ownGradients: owner", owner, aGradientOwner);
  for (const parameter of parameters) owners.set(parameter, owner);
}

function isReached({ leaf }: Cut): boolean {
  if (leaf.isDisposed) return true;
  const gradient = native.grad(leaf.handle);
  if (gradient !== null) native.dispose(gradient);
  return gradient !== null;
}

function cutOff(output: Tensor, keep: (tensor: Tensor) => Tensor): Cut {
  const leaf = output.detach();
  leaf.requiresGrad = true;
  return { inner: keep(new Tensor(native.alias(output.handle))), leaf: keep(leaf) };
}

/** False when no gradient has reached the block. */
function backwardThrough(entry: Entry): boolean {
  const outputs: Handle[] = [];
  const gradients: Handle[] = [];
  for (const { inner, leaf } of entry.cuts) {
    if (leaf.isDisposed) continue;
    const gradient = native.grad(leaf.handle);
    if (gradient === null) continue;
    outputs.push(inner.handle);
    gradients.push(gradient);
  }
  if (outputs.length === 0) return false;
  native.backward(outputs, gradients);
  for (const gradient of gradients) native.dispose(gradient);
  for (const { leaf } of entry.cuts) if (!leaf.isDisposed) native.spend(leaf.handle);
  free(entry);
  return true;
}

/** Blocks that share each owned parameter (tied weights), as far as their backward pass is still to come. */
function countUses(): Map<Parameter, number> {
  const uses = new Map<Parameter, number>();
  for (const { parameters } of entries) {
    for (const parameter of parameters)
      if (owners.has(parameter)) uses.set(parameter, (uses.get(parameter) ?? 0) + 1);
  }
  return uses;
}

function announce(
  { parameters }: Entry,
  uses: Map<Parameter, number>,
  reached: Set<GradientOwner>,
): void {
  for (const parameter of parameters) {
    const owner = owners.get(parameter);
    if (owner === undefined) continue;
    reached.add(owner);
    const left = (uses.get(parameter) ?? 0) - 1;
    uses.set(parameter, left);
    if (left === 0) owner.gradientReady(parameter);
  }
}

function free(entry: Entry): void {
  for (const { inner, leaf } of entry.cuts) {
    if (!leaf.isDisposed) native.setGrad(leaf.handle, undefined);
    inner.dispose();
    leaf.dispose();
  }
}

/**
 * Drops blocks that no backward pass can reach any more: of whose leaves the tape is the last holder. Latest first,
 * because each block's graph holds the leaves of those before it.
 */
function dropForgotten(): void {
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as Entry;
    if (!entry.cuts.every(({ leaf }) => leaf.isDisposed || native.useCount(leaf.handle) === 1))
      return;
    free(entry);
    entries.pop();
  }
}

/** `output` with each tensor in it, in arrays and plain objects too, replaced. */
function mapTensors<T>(output: T, map: (tensor: Tensor) => Tensor): T {
  if (output instanceof Tensor) return map(output) as T;
  if (Array.isArray(output)) return output.map((one: unknown) => mapTensors(one, map)) as T;
  if (!isPlainObject(output)) return output;
  const fields = Object.entries(output).map(([key, value]) => [key, mapTensors(value, map)]);
  return Object.fromEntries(fields) as T;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
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
