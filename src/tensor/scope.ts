// Who frees a tensor. V8 does not see native memory, so everything made inside a scope is freed when the scope
// ends; outside of scopes a tensor is freed once V8 has collected its object, which the addon has it do as often as
// memory asks for it (native/tensor/collector.h). Blocks, `noGrad`, optimizer steps and training steps are scopes already.

import { callback, kind, refusePromise, requireValue } from "../arguments/checks.js";
import { isPlainObject } from "../arguments/plain-object.js";
import { currentCell, whenCutOff } from "../host/index.js";
import { type Handle, native } from "../native/native.js";
import { collectGarbage } from "./garbage.js";

/** What this file needs of a Tensor. */
export interface Held {
  /** For computing: numbers that are still to be read are read first. */
  readonly handle: Handle;
  /** The same for all that needs no numbers. */
  readonly [ID]: Handle;
}

/** Where a tensor keeps its native id, see `Held`. */
export const ID = Symbol("id");

/** Marks Tensor objects, which this file cannot import: they import it. */
export const TENSOR = Symbol("tensor");

/** Holds the native object of a random number generator, for files that its class cannot be imported to. */
export const GENERATOR = Symbol("generator");

/** Open scopes, innermost last; the addon's are the same. */
const open: Scope[] = [];

native.onCollect(collectGarbage);

/** Called once by every new Tensor: outside of all scopes its object owns the memory. */
export function own(tensor: Held): void {
  if (open.length === 0) native.track(tensor[ID], tensor);
}

/** An open scope; leave it with `close()` or by `using`. It ends at the latest when its cell is interrupted. */
export class Scope implements Disposable {
  readonly #depth: number;
  /** Undefined: ends before the call does that opened it. */
  readonly #cell: string | undefined;

  /** @param lifetime "call": closed before the function returns that opened it */
  constructor(lifetime: "call" | "cell" = "cell") {
    this.#cell = lifetime === "cell" ? currentCell() : undefined;
    this.#depth = native.openScope();
    open.push(this);
  }

  /** Frees what was made inside and not kept, and closes scopes left open inside. Calling it again does nothing. */
  close(): void {
    if (open[this.#depth - 1] === this) closeDownTo(this.#depth);
  }

  /** Lets a tensor made inside live on in the surrounding scope. */
  keep<T extends Held>(tensor: T): T {
    requireTensor("scope.keep: tensor", tensor);
    moveTo(tensor, this.#depth - 1);
    return tensor;
  }

  /** As `keep`, for what is not to be told to `noteLeaving`. */
  handOn<T extends Held>(tensor: T): T {
    put(tensor, this.#depth - 1);
    return tensor;
  }

  /** Called when a tensor made inside is kept beyond this scope: in the one of that depth, or by its object where it is 0. */
  noteLeaving(_tensor: Held, _depth: number): void {
    // blocks want to know
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Whether nobody can close it any more, no function being on the stack. */
  isLost(isCut: (cell: string) => boolean): boolean {
    return this.#cell === undefined || isCut(this.#cell);
  }
}

whenCutOff((isCut) => {
  const lost = open.findIndex((scope) => scope.isLost(isCut));
  if (lost !== -1) closeDownTo(lost + 1);
  else native.closeScope(open.length + 1);
  native.releaseUnowned();
});

/** Opens a scope: `using step = scope();` frees at the end of the block what was made in it. */
export function scope(): Scope {
  return new Scope();
}

function closeDownTo(depth: number): void {
  native.closeScope(depth);
  while (open.length >= depth) open.pop(); // setting the length takes four times as long
}

/** Runs `body` in a scope and keeps the tensors it returns (alone, in an array or as an object's values). */
export function scoped<T>(body: () => T): T {
  requireValue("scoped: body", body, callback);
  const inner = new Scope("call");
  try {
    const result = body();
    refusePromise("scoped", result);
    for (const tensor of tensorsIn(result)) inner.keep(tensor);
    return result;
  } finally {
    inner.close();
  }
}

/** Takes a tensor out of every scope: from now on it lives as long as its object. */
export function keep<T extends Held>(tensor: T): T {
  requireTensor("keep: tensor", tensor);
  moveTo(tensor, 0);
  return tensor;
}

function requireTensor(what: string, value: unknown): void {
  if (!isTensor(value)) requireValue(what, value, kind("a tensor", isTensor));
}

/** Tensors that native code holds now, for leak checks. */
export function numLiveTensors(): number {
  return native.numLiveTensors();
}

/** @returns the depth that it was at */
function put(tensor: Held, target: number): number {
  const from = native.keep(tensor[ID], target);
  if (target === 0) native.track(tensor[ID], tensor);
  return from;
}

function moveTo(tensor: Held, target: number): void {
  for (let depth = put(tensor, target); depth > target; depth--)
    open[depth - 1]?.noteLeaving(tensor, target);
}

function tensorsIn(value: unknown): Held[] {
  if (isTensor(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (isPlainObject(value)) return Object.values(value).flatMap(tensorsIn);
  return [];
}

/** True for Tensor objects. */
export function isTensor(value: unknown): value is Held {
  return value !== null && typeof value === "object" && TENSOR in value;
}
