// Two-level autograd. Inside a block libtorch records; between blocks this tape does. A block's output is cut from
// its graph and handed on as a fresh leaf, and backward() walks the tape in reverse, giving each block the gradient
// of its output. So everything that large models need between blocks (gathering parameters, recomputation, reducing
// gradients) is plain TypeScript that runs between native calls.
import { callback, kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { type Handle, native } from "../native/native.js";
import { whenCutOff } from "../report/cut-off.js";
import { aTensor } from "./arguments.js";
import type { Parameter } from "./parameter.js";
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

export type GradientListener = (parameter: Parameter) => void;

let entries: Entry[] = [];
/** Whether a backward pass has begun and not ended. */
let isUnderWay = false;
const listeners = new Set<GradientListener>();

/**
 * Runs one block of a model. What it makes inside is freed when it returns; its output, alone or as the values of
 * an object, is cut from the block's graph when gradients are recorded.
 * @param owner whose parameters the block uses
 */
export function runBlock<T extends object>(owner: BlockOwner, body: () => T): T {
  requireValue("runBlock: owner", owner, anOwner);
  requireValue("runBlock: body", body, callback);
  const inner = new Scope("call");
  try {
    const output = body();
    const cuts: Cut[] = [];
    const visible = mapTensors(output, (tensor) => {
      if (!native.gradEnabled() || !tensor.requiresGrad) return inner.keep(tensor);
      const cut = cutOff(tensor, inner);
      cuts.push(cut);
      return inner.keep(new Tensor(native.alias(cut.leaf.handle)));
    });
    dropForgotten();
    if (cuts.length > 0) entries.push({ parameters: owner.parameters(), cuts });
    return visible;
  } finally {
    inner.close();
  }
}

/**
 * Accumulates gradients into the `grad` of every parameter that `loss` depends on.
 * @param gradient of the same shape as `loss`; may be left out for a loss with one element
 * @throws Error when `loss` does not depend on anything that requires a gradient
 */
export function backward(loss: Tensor, gradient?: Tensor): void {
  requireLoss(loss, gradient);
  noteGradients();
  isUnderWay = true;
  try {
    native.backward([loss.handle], [gradient?.handle ?? null]);
    const uses = countUses();
    const waiting: Entry[] = [];
    for (let i = entries.length - 1; i >= 0; i--) {
      const entry = entries[i] as Entry;
      if (backwardThrough(entry)) announce(entry, uses);
      else waiting.unshift(entry);
    }
    entries = waiting;
    isUnderWay = false;
  } finally {
    dropTorn();
  }
}

whenCutOff(() => {
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

/**
 * Calls `listener` with each parameter once its gradient is complete in a backward pass, while blocks before it are
 * still to come; returns the function that unsubscribes.
 */
export function onGradientReady(listener: GradientListener): () => void {
  requireValue("onGradientReady: listener", listener, callback);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isReached({ leaf }: Cut): boolean {
  if (leaf.isDisposed) return true;
  const gradient = native.grad(leaf.handle);
  if (gradient !== null) native.dispose(gradient);
  return gradient !== null;
}

function cutOff(inner: Tensor, scope: Scope): Cut {
  const leaf = inner.detach();
  leaf.requiresGrad = true;
  return { inner: scope.keep(inner), leaf: scope.keep(leaf) };
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
  free(entry);
  return true;
}

/** Blocks that share each parameter (tied weights), as far as their backward pass is still to come. */
function countUses(): Map<Parameter, number> {
  const uses = new Map<Parameter, number>();
  if (listeners.size === 0) return uses;
  for (const { parameters } of entries) {
    for (const parameter of parameters) uses.set(parameter, (uses.get(parameter) ?? 0) + 1);
  }
  return uses;
}

function announce(entry: Entry, uses: Map<Parameter, number>): void {
  if (listeners.size === 0) return;
  for (const parameter of entry.parameters) {
    const left = (uses.get(parameter) ?? 0) - 1;
    uses.set(parameter, left);
    if (left === 0) for (const listener of listeners) listener(parameter);
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

function mapTensors<T extends object>(output: T, map: (tensor: Tensor) => Tensor): T {
  if (output instanceof Tensor) return map(output) as unknown as T;
  return Object.fromEntries(
    Object.entries(output).map(([key, tensor]) => [key, map(tensor as Tensor)]),
  ) as T;
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
