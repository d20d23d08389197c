// The arguments and results of one operator call, in memory shared with the addon: writing them costs no Node-API calls.
// native/tensor/frame.h is the other side and says how slots and heads are laid out.
import { type Handle, native } from "../native/native.js";
import { GENERATOR, isTensor } from "./scope.js";

/** What a slot holds, one bit each; the same numbers are in native/tensor/frame.h. */
const TENSOR = 1 << 0;
const INTEGER = 1 << 1;
const FRACTION = 1 << 2;
const BIGINT = 1 << 3;
const BOOL = 1 << 4;
const TEXT = 1 << 5;
const NULL = 1 << 6;
const UNDEFINED = 1 << 7;
const GENERATOR_GIVEN = 1 << 8;
const OTHER = 1 << 9;
const LIST = 1 << 10;
const ARGUMENT = 1 << 11;
const SLICE = 1 << 12;

const KIND_BITS = 13;
const LISTS_BEGIN = 32;
const MAX_ARGUMENTS = 31;
const SLOTS_AT_FIRST = 1024;

let values = new Float64Array();
let bigints = new BigInt64Array();
let heads = new Int32Array();
let nextFree = LISTS_BEGIN;
let generator: unknown;
let uses = 0;
const textIds = new Map<string, number>();

const { shape: putShape } = native;

native.onFrame((memory) => {
  const slots = memory.byteLength / (values.BYTES_PER_ELEMENT + heads.BYTES_PER_ELEMENT);
  const newValues = new Float64Array(memory, 0, slots);
  const newBigints = new BigInt64Array(memory, 0, slots);
  const newHeads = new Int32Array(memory, slots * values.BYTES_PER_ELEMENT, slots);
  values = newValues; // from here on nothing is called, so that an interrupt leaves all three as they were or none
  bigints = newBigints;
  heads = newHeads;
}, SLOTS_AT_FIRST);

/** Before the first argument of a call. @returns the number of this use, for `isOverwritten` */
export function clearFrame(): number {
  nextFree = LISTS_BEGIN;
  generator = undefined;
  uses += 1;
  return uses;
}

/** True when something else was written since, by a getter among the arguments. */
export function isOverwritten(use: number): boolean {
  return use !== uses;
}

/** Sizes of a tensor's dimensions. */
export function shapeOf(tensor: Handle): number[] {
  uses += 1;
  const count = putShape(tensor);
  const shape: number[] = [];
  for (let dim = 0; dim < count; dim++) shape.push(values[dim] as number);
  return shape;
}

/** The random number generator among the arguments: it goes beside the frame. */
export function generatorInFrame(): unknown {
  return generator;
}

/** @returns the next slot */
export function putArgument(slot: number, value: unknown): number {
  requireSlot(slot);
  const kind = put(slot, value); // before `heads` is looked at: a list may move the frame
  heads[slot] = kind;
  return slot + 1;
}

/** Values with their names. @returns the next slot */
export function putOptions(begin: number, options: Readonly<Record<string, unknown>>): number {
  let slot = begin;
  for (const name of Object.keys(options)) {
    requireSlot(slot);
    const kind = put(slot, options[name]);
    heads[slot] = kind | ((textId(name) + 1) << KIND_BITS);
    slot += 1;
  }
  return slot;
}

/** The first `count` of the items as one argument. @returns the next slot */
export function putList(slot: number, items: readonly unknown[], count: number): number {
  const kinds = putItems(slot, items, count);
  heads[slot] = kinds;
  return slot + 1;
}

/** Three numbers, for an index. @returns the next slot */
export function putSlice(slot: number, start: number, end: number, step: number): number {
  requireSlot(slot);
  const begin = reserveList(3);
  values[slot] = begin;
  values[begin + 1] = start;
  values[begin + 2] = end;
  values[begin + 3] = step;
  heads[slot] = SLICE;
  return slot + 1;
}

/** A result; `given` finds the argument that was in a slot. */
export function readResult<T>(
  slot: number,
  wrap: (handle: Handle) => T,
  given: (slot: number) => T,
): unknown {
  const value = values[slot] as number;
  switch (heads[slot]) {
    case TENSOR:
      return wrap(value);
    case ARGUMENT:
      return given(value);
    case NULL:
      return null;
    case BOOL:
      return value !== 0;
    case TEXT:
      return native.internedText(value);
    case LIST:
      return readItems(value + 1, values[value] as number, (slot) => readResult(slot, wrap, given));
    default:
      return value;
  }
}

function readItems<T>(begin: number, count: number, read: (slot: number) => T): T[] {
  const results: T[] = [];
  for (let slot = begin; slot < begin + count; slot++) results.push(read(slot));
  return results;
}

/** The handle of a result that is a new tensor, else undefined. */
export function tensorResult(slot: number): Handle | undefined {
  return heads[slot] === TENSOR ? values[slot] : undefined;
}

/** Writes a value and returns what it is. */
function put(slot: number, value: unknown): number {
  switch (typeof value) {
    case "number":
      values[slot] = value;
      return Math.floor(value) === value ? INTEGER : FRACTION;
    case "object":
      return value === null ? NULL : putObject(slot, value);
    case "boolean":
      values[slot] = value ? 1 : 0;
      return BOOL;
    case "string":
      values[slot] = textId(value);
      return TEXT;
    case "undefined":
      return UNDEFINED;
    case "bigint":
      if (BigInt.asIntN(64, value) !== value)
        throw new RangeError(`bigint argument ${value} does not fit into 64 bits`);
      bigints[slot] = value;
      return BIGINT;
    default:
      return putOther(slot, value);
  }
}

function putObject(slot: number, value: object): number {
  if (isTensor(value)) {
    values[slot] = value.handle;
    return TENSOR;
  }
  if (Array.isArray(value)) return putItems(slot, value, value.length);
  if (GENERATOR in value) {
    generator = value[GENERATOR];
    return GENERATOR_GIVEN;
  }
  return putOther(slot, value);
}

/** A list has the kinds of its items; no operator takes a list in a list. */
function putItems(slot: number, items: readonly unknown[], count: number): number {
  const begin = reserveList(count);
  values[slot] = begin;
  let kinds = LIST;
  for (let i = 0; i < count; i++) {
    const kind = put(begin + 1 + i, items[i]);
    heads[begin + 1 + i] = kind;
    kinds |= (kind & LIST) === 0 ? kind : OTHER;
  }
  return kinds;
}

/** @returns where its length is; the items come after it */
function reserveList(count: number): number {
  const begin = nextFree;
  nextFree += count + 1;
  if (nextFree > heads.length) native.growFrame(nextFree * 2);
  values[begin] = count;
  return begin;
}

/** What the error will call it. */
function putOther(slot: number, value: unknown): number {
  const kind = typeof value;
  const name = kind === "object" ? (value as object).constructor?.name : undefined;
  values[slot] = textId(name ?? kind);
  return OTHER;
}

function textId(text: string): number {
  let id = textIds.get(text);
  if (id === undefined) {
    id = native.internText(text);
    textIds.set(text, id);
  }
  return id;
}

function requireSlot(slot: number): void {
  if (slot >= MAX_ARGUMENTS)
    throw new TypeError(`an operator takes at most ${MAX_ARGUMENTS} arguments`);
}
