// One call of an operator through the addon's dispatch. Arguments are positional, then optionally one plain object with
// options; they travel in the frame (frame.ts).
import { nearest } from "../arguments/nearest.js";
import { type Handle, native, type OperatorRef } from "../native/native.js";
import {
  clearFrame,
  generatorInFrame,
  isOverwritten,
  putArgument,
  putList,
  putOptions,
  readResult,
  tensorResult,
} from "./frame.js";
import { resultList } from "./named-results.js";
import { operatorError } from "./operator-error.js";
import type { Held } from "./scope.js";

/** What an operator gave back; `T` is the class of tensors. */
export type Result<T> = T | number | boolean | string | null | undefined | Result<T>[];

const known = new Map<string, OperatorRef>();

/**
 * An operator by its full name, "notebooster::rope", or its name in `aten`, "add".
 * @throws Error naming operators of similar names when there is none
 */
export function findOperator(name: string): OperatorRef {
  let found = known.get(name);
  if (found === undefined) {
    found = lookUp(name.includes("::") ? name : `aten::${name}`);
    known.set(name, found);
  }
  return found;
}

/**
 * Calls the operator on `self`, if there is one, and `args`, the first `lengths` of which make one list. Results that are
 * arguments (`out`, in-place forms) are the objects given.
 */
export type Invoke<T> = (
  operator: OperatorRef,
  args: readonly unknown[],
  self?: T,
  lengths?: number,
) => Result<T>;

const { callOperator } = native;

/** `wrap` makes the object of a tensor. */
export function dispatcher<T extends Held>(wrap: (handle: Handle) => T): Invoke<T> {
  return (operator, args, self, lengths = 0) => {
    const results = run(operator, args, self, lengths);
    const handle = results === 1 ? tensorResult(0) : undefined;
    if (handle !== undefined) return wrap(handle);
    const given = (slot: number) => argumentIn(slot, args, self, lengths) as T;
    const read = (slot: number) => readResult(slot, wrap, given) as Result<T>;
    if (results <= 1) return results === 1 ? read(0) : undefined;
    const list = resultList(operator, results, self !== undefined) as Result<T>[];
    for (let slot = 0; slot < results; slot++) list[slot] = read(slot); // push takes 40 times as long on a list with names
    return list;
  };
}

/** @returns how many results are in the frame */
function run(
  operator: OperatorRef,
  args: readonly unknown[],
  self: unknown,
  lengths: number,
): number {
  let use = clearFrame();
  let count = putArguments(args, self, lengths);
  if (isOverwritten(use)) {
    use = clearFrame(); // numbers of an argument that were still to be read have been, which took the frame
    count = putArguments(args, self, lengths);
  }
  if (isOverwritten(use)) throw new TypeError("reading an operator's options used a tensor");
  const generator = generatorInFrame();
  try {
    if (generator === undefined) return callOperator(operator, count);
    return callOperator(operator, count, generator);
  } catch (error) {
    const given = lengths > 0 ? [args.slice(0, lengths), ...args.slice(lengths)] : args;
    const schemas = native.operatorSchemas(operator);
    throw operatorError({ error, schemas, args: given, self });
  }
}

/** @returns how many slots they take */
function putArguments(args: readonly unknown[], self: unknown, lengths: number): number {
  let slot = self === undefined ? 0 : putArgument(0, self);
  if (lengths > 0) slot = putList(slot, args, lengths);
  for (let i = lengths; i < args.length; i++) {
    const value = args[i];
    const isOptions = i === args.length - 1 && isPlainObject(value);
    slot = isOptions ? putOptions(slot, value) : putArgument(slot, value);
  }
  return slot;
}

/** What `putArguments` put into a slot. */
function argumentIn(
  slot: number,
  args: readonly unknown[],
  self: unknown,
  lengths: number,
): unknown {
  if (slot === 0 && self !== undefined) return self;
  const options = args.at(-1);
  const all = isPlainObject(options) ? [...args.slice(0, -1), ...Object.values(options)] : args;
  return all[slot - (self === undefined ? 0 : 1) + (lengths > 0 ? lengths - 1 : 0)];
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

function lookUp(name: string): OperatorRef {
  try {
    return native.findOperator(name);
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_NO_OPERATOR") throw error;
    const [space = "", short = ""] = name.split("::");
    const names = native.operatorNames().flatMap((other) => {
      const [otherSpace, otherShort = ""] = other.split("::");
      return otherSpace === space ? [otherShort] : [];
    });
    const near = nearest(short, names);
    const hint = near.length > 0 ? `; similar: ${near.join(", ")}` : "";
    throw new TypeError(`there is no operator ${name} in PyTorch ${native.torchVersion}${hint}`, {
      cause: error,
    });
  }
}
