// Numbers that are read when something needs them, and where a tensor keeps them until then.
import type { DType, Placement } from "./dtype.js";
import type { Origin } from "./origins.js";
import type { Tensor } from "./tensor.js";

/** Numbers that are read when something needs them. */
export interface DeferredNumbers {
  /** Element type that they will have. */
  readonly dtype: DType;
  /** Where they will be. */
  readonly device: string;
  /** Place among the numbers of the same source, in whose order they are read fastest. */
  readonly order: number;
  /**
   * Reads them; may be called again when it was cut off.
   * @param target what they are converted and moved to as they come, with the same rounding as afterwards; default: nothing else
   */
  read(target?: Placement): Tensor;
  /** Where they come from. */
  origin(): Origin;
  /** Nobody needs them any more. May be called again. */
  drop(): void;
}

/** Where a tensor keeps its numbers as long as they are still to be read. */
export const DEFERRED = Symbol("deferred");

/** A tensor that numbers can be promised to. */
export interface Deferring {
  [DEFERRED]: DeferredNumbers | undefined;
}

/** Drops what is still to be read when nobody can ask for it any more. */
const unread = new FinalizationRegistry<DeferredNumbers>((numbers) => numbers.drop());

/** From now on the tensor, which is on "meta", counts as having these numbers. */
export function defer(tensor: Tensor & Deferring, numbers: DeferredNumbers): void {
  settle(tensor);
  tensor[DEFERRED] = numbers;
  unread.register(tensor, numbers, tensor);
}

/** What is still to be read of a tensor; undefined: nothing. */
export function deferredNumbers(tensor: Tensor): DeferredNumbers | undefined {
  return (tensor as Partial<Deferring> & Tensor)[DEFERRED];
}

/** Whether its numbers are still to be read. */
export function isUnread(tensor: Tensor): boolean {
  return deferredNumbers(tensor) !== undefined;
}

/** To be called when a tensor has other memory: nothing is to be read any more. */
export function settle(tensor: Tensor): void {
  const numbers = deferredNumbers(tensor);
  if (numbers === undefined) return;
  (tensor as Tensor & Deferring)[DEFERRED] = undefined;
  unread.unregister(tensor);
  numbers.drop();
}

/** Reads what is still to be read of these tensors, in the order of the files. */
export function readNumbers(tensors: Iterable<Tensor>): void {
  for (const tensor of inFileOrder([...tensors].filter(isUnread))) void tensor.handle;
}

/** Those that are still to be read in the order in which they are read fastest, after those that are there. */
export function inFileOrder(tensors: Iterable<Tensor>): Tensor[] {
  const order = (tensor: Tensor): number => deferredNumbers(tensor)?.order ?? -1;
  return [...tensors].sort((a, b) => order(a) - order(b));
}
