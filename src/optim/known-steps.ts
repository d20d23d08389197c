// Which update of a weight this is, for what happens at some updates only. Steps are counted on the device, where one may be
// skipped; the host counts along and asks the device only when it cannot know whether this is such an update.
import type { Tensor } from "../tensor/tensor.js";
import { versionOf } from "../tensor/version.js";
import type { Scaling } from "./update-rule.js";

interface Known {
  /** Of the step's tensor: another one than expected says that others wrote it, as `loadState` does. */
  readonly version: number;
  readonly min: number;
  readonly max: number;
}

const known = new WeakMap<Tensor, Known>();

/**
 * Whether this update, which `step` counts already, is one that `isOne` is true for; a skipped one may be taken for one.
 * To be asked once an update. On "meta" nobody counts: all of them are, so that no memory is forgotten.
 */
export function isUpdate(
  step: Tensor,
  { skipIf }: Scaling,
  isOne: (count: number) => boolean,
): boolean {
  if (step.device === "meta") return true;
  const version = versionOf(step);
  const last = known.get(step);
  const isFollowed = last !== undefined && last.version + 1 === version;
  const range = isFollowed ? { min: last.min + 1, max: last.max + 1 } : undefined;
  if (range === undefined || (range.min < range.max && isAny(range, isOne))) {
    const count = step.item();
    known.set(step, { version, min: count, max: count });
    return isOne(count);
  }
  known.set(step, { version, min: range.min - (skipIf === undefined ? 0 : 1), max: range.max });
  return isOne(range.max);
}

function isAny({ min, max }: { min: number; max: number }, isOne: (count: number) => boolean) {
  for (let count = min; count <= max; count++) if (isOne(count)) return true;
  return false;
}
