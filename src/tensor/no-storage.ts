// Tensors on "meta" have a shape and no numbers. Models of any size are made there in no time; those whose numbers come from
// files are built so first, and what does not fit the files is found before anything is allocated.
import { full } from "./create.js";
import type { Placement } from "./dtype.js";
import { onDevice } from "./implied-device.js";
import type { Tensor } from "./tensor.js";

/** Runs `build`; tensors that it makes without naming a device are on "meta". */
export function withoutStorage<T>(build: () => T): T {
  return onDevice("meta", build);
}

/** Memory for a tensor on "meta". Its numbers are still to come: until then fractions are NaN, which no loss hides, others 0. */
export function materialized({ shape, dtype }: Tensor, { device }: Placement): Tensor {
  const missing = /float|complex/.test(dtype) ? Number.NaN : 0;
  return full(shape, missing, { dtype, ...(device !== undefined && { device }) });
}

/**
 * @param doing what is refused: "booster.boost"
 * @throws TypeError naming the first tensor that is on "meta"
 */
export function requireNumbers(
  doing: string,
  named: Iterable<readonly [name: string, tensor: Tensor]>,
): void {
  for (const [name, { device }] of named) {
    if (device !== "meta") continue;
    throw new TypeError(
      `${doing}: ${name} is on "meta", it has a shape and no numbers; call model.to(device), then load weights or call model.initialize(seed)`,
    );
  }
}
