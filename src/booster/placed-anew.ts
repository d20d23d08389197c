// Where weights and state lie once it is known how much room a device has: weights leave it last and come back first, as they cross with
// each pass, and state with each step. Pure.

/** How much lies in host memory, from 0 to 1. */
export interface OnHost {
  readonly weights: number;
  readonly state: number;
}

/** Bytes of a rank, wherever they are. */
export interface Sizes {
  readonly weights: number;
  readonly state: number;
}

/** @param moved bytes that come to the device, weights first; below 0: that leave it, weights last */
export function placedAnew(onHost: OnHost, { weights, state }: Sizes, moved: number): OnHost {
  const away = onHost.weights * weights + onHost.state * state - moved;
  const part = (bytes: number, of: number): number =>
    of === 0 ? 0 : Math.min(1, Math.max(0, bytes / of));
  const ofWeights = part(away - state, weights);
  return { weights: ofWeights, state: ofWeights > 0 ? 1 : part(away, state) };
}
