// Which gradients are written between two moments, as libtorch counts writes: also those that no block announces.
import { type Handle, native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

/** Address and version of each gradient, by the handle of its tensor. */
export function gradientVersions(found = native.gradients()): Map<Handle, string> {
  const versions = new Map<Handle, string>();
  for (let i = 0; i < found.length; i += 3)
    versions.set(found[i] as Handle, `${found[i + 1]} ${found[i + 2]}`);
  return versions;
}

/** The gradients written since it was made. */
export class GradientWrites {
  readonly #begun = native.gradients();
  #before: ReadonlyMap<Handle, string> | undefined;
  #after: ReadonlyMap<Handle, string> | undefined;

  /** Looks once: later writes are not seen. */
  has({ handle }: Tensor): boolean {
    this.#before ??= gradientVersions(this.#begun);
    this.#after ??= gradientVersions();
    const version = this.#after.get(handle);
    return version !== undefined && version !== this.#before.get(handle);
  }
}
