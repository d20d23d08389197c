// Which tensors still hold the numbers that files hold, perhaps converted: whoever saves a model may name the files instead.
import type { Handle } from "../native/native.js";
import { deferredNumbers } from "./deferred-numbers.js";
import type { DType } from "./dtype.js";
import { ID } from "./scope.js";
import type { Tensor } from "./tensor.js";
import { versionOf } from "./version.js";

/** Where the numbers of a tensor came from. */
export interface Origin {
  /** What they were read from, for people: a folder, a file, or a model of the Hub. */
  readonly place: string;
  /** Tells the tensor of these files from others. */
  readonly digest: string;
  /** What holds the numbers of the files exactly. */
  readonly dtype: DType;
}

interface Noted {
  readonly origin: Origin;
  /** Of the memory that holds them. */
  readonly id: Handle;
  readonly version: number;
}

const noted = new WeakMap<Tensor, Noted>();

/** The tensor holds these numbers now. */
export function noteOrigin(tensor: Tensor, origin: Origin | undefined): void {
  if (origin === undefined) noted.delete(tensor);
  else noted.set(tensor, { origin, id: tensor[ID], version: versionOf(tensor) });
}

/** Where the numbers came from; undefined where nobody knows, or where they were written since. */
export function originOf(tensor: Tensor): Origin | undefined {
  const numbers = deferredNumbers(tensor);
  if (numbers !== undefined) return numbers.origin();
  const found = noted.get(tensor);
  if (found === undefined || found.id !== tensor[ID]) return undefined;
  return found.version === versionOf(tensor) ? found.origin : undefined;
}
