// One call of an operator through the addon's generic dispatch. Arguments are positional, then optionally one plain object
// with options. The addon wants handles where tensors stand and gives handles where tensors come back.
import { type Handle, native, type OperatorRef } from "../native/native.js";
import { nearest } from "./nearest.js";
import { GENERATOR, type Held, isTensor } from "./scope.js";

/** What an operator gave back; `T` is the class of tensors. */
export type Result<T> = T | number | boolean | string | null | undefined | Result<T>[];

const known = new Map<string, OperatorRef>();

/**
 * An operator by its full name, "aten::add".
 * @throws Error naming operators of similar names when there is none
 */
export function findOperator(name: string): OperatorRef {
  let found = known.get(name);
  if (found === undefined) {
    found = lookUp(name);
    known.set(name, found);
  }
  return found;
}

/** Calls the operator; `args` is used up. Results that are arguments (`out`, in-place forms) are the objects given. */
export function invoke<T extends Held>(
  operator: OperatorRef,
  args: unknown[],
  wrap: (handle: Handle) => T,
): Result<T> {
  const keywords = takeKeywords(args);
  const values = new Array<unknown>(args.length);
  let tensors = 0;
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    const handles = handlesOf(value);
    if (handles !== undefined) tensors |= 1 << i;
    values[i] = handles ?? (isGenerator(value) ? value[GENERATOR] : value);
  }
  return fromNative(callNative(operator, tensors, keywords, values), args, wrap);
}

/** Spreading into a native function costs a tenth of a small operator; most have few arguments. */
function callNative(
  operator: OperatorRef,
  tensors: number,
  keywords: string | undefined,
  values: readonly unknown[],
): unknown {
  const call = native.callOperator;
  if (values.length === 1) return call(operator, tensors, keywords, values[0]);
  if (values.length === 2) return call(operator, tensors, keywords, values[0], values[1]);
  return call(operator, tensors, keywords, ...values);
}

/** Replaces a last argument that is a plain object by its values; their names, joined. */
function takeKeywords(args: unknown[]): string | undefined {
  const last = args[args.length - 1];
  if (!isPlainObject(last)) return undefined;
  args.pop();
  const names = Object.keys(last);
  for (const name of names) args.push(last[name]);
  return names.join(",");
}

function fromNative<T>(value: unknown, args: unknown[], wrap: (handle: Handle) => T): Result<T> {
  if (typeof value === "number") return value >= 0 ? wrap(value) : (args[-1 - value] as T);
  if (Array.isArray(value)) return value.map((item) => fromNative(item, args, wrap));
  if (typeof value === "object" && value !== null) return (value as { number: number }).number;
  return value as Result<T>;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** What stands for a tensor or an array of tensors; undefined for anything else. */
function handlesOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (isTensor(value)) return value.handle;
  return Array.isArray(value) && value.some(isTensor) ? value.map(handleOf) : undefined;
}

/** A number beside tensors would be taken for a handle: it goes as text, which no tensor argument takes. */
function handleOf(value: unknown): unknown {
  if (isTensor(value)) return value.handle;
  return typeof value === "number" ? String(value) : value;
}

function isGenerator(value: unknown): value is { [GENERATOR]: unknown } {
  return typeof value === "object" && value !== null && GENERATOR in value;
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
