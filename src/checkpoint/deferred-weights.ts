// Weights of files as numbers that are read when something needs them: straight to where they are needed then, in the type that is
// needed there. Their files stay open until the last of them is read or given up, so that they may be replaced or removed meanwhile.
import type { DeferredNumbers } from "../tensor/deferred-numbers.js";
import type { DType, Placement } from "../tensor/dtype.js";
import type { Origin } from "../tensor/origins.js";
import type { Tensor } from "../tensor/tensor.js";
import { engineDtypeOf } from "./dtypes.js";
import type { StoredWeights } from "./stored-weights.js";

/** What a model's numbers are to be once they are read. */
export interface Wanted {
  readonly dtype: DType;
  readonly device: string;
}

/** The numbers of these names of `weights`, which are closed when none of them is still to be read. */
export function deferredWeights(
  weights: StoredWeights,
  named: readonly (readonly [name: string, wanted: Wanted])[],
): DeferredNumbers[] {
  const order = new Map(weights.names.map((name, index) => [name, index]));
  let numOpen = named.length;
  const drop = (): void => {
    numOpen -= 1;
    if (numOpen === 0) weights[Symbol.dispose]();
  };
  if (numOpen === 0) weights[Symbol.dispose]();
  else weights.keepOpen();
  return named.map(
    ([name, wanted]) => new Deferred({ weights, name, order: order.get(name) ?? 0, drop }, wanted),
  );
}

interface Stored {
  readonly weights: StoredWeights;
  readonly name: string;
  readonly order: number;
  drop(): void;
}

class Deferred implements DeferredNumbers {
  readonly dtype: DType;
  readonly device: string;
  readonly #stored: Stored;
  #isDropped = false as boolean;

  constructor(stored: Stored, { dtype, device }: Wanted) {
    this.dtype = dtype;
    this.device = device;
    this.#stored = stored;
  }

  get order(): number {
    return this.#stored.order;
  }

  read({ dtype = this.dtype, device = this.device }: Placement = {}): Tensor {
    const { weights, name } = this.#stored;
    return weights.tensor(name, { dtype, device, via: this.#rounded(dtype) });
  }

  origin(): Origin {
    const { weights, name } = this.#stored;
    const dtype = engineDtypeOf(weights.entry(name).dtype);
    return { place: weights.place, digest: weights.digest(name), dtype };
  }

  drop(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    this.#stored.drop();
  }

  /** What they would have been rounded to before, where that changes a number: float32 holds whatever is stored but float64. */
  #rounded(dtype: DType): DType | undefined {
    if (dtype === this.dtype || this.dtype === "float64") return undefined;
    const { weights, name } = this.#stored;
    const isExact = this.dtype === "float32" && weights.entry(name).dtype !== "F64";
    return isExact ? undefined : this.dtype;
  }
}
