// Weights whose numbers are on their way, as from other ranks beside what computes: whoever asks for one's handle, with which all is
// computed, waits first.
import { wholly } from "../host/index.js";

/** Of a tensor: waits for its numbers; undefined where they are there. */
export const ARRIVING = Symbol("arriving");

/** A tensor that can be waited for. */
export interface Awaitable {
  [ARRIVING]: (() => void) | undefined;
}

/** Of all numbers that are on their way, in the order in which they were sent. */
const coming = new Set<() => void>();

/**
 * Has the first who needs the numbers of any of these wait for those of all of them.
 * @param wait called once, and not ended in its middle
 */
export function arriveLater(tensors: readonly Awaitable[], wait: () => void): void {
  const arrive = (): void =>
    wholly(() => {
      if (!coming.delete(arrive)) return;
      for (const tensor of tensors) tensor[ARRIVING] = undefined;
      wait();
    });
  coming.add(arrive);
  for (const tensor of tensors) tensor[ARRIVING] = arrive;
}

/** Waits for all that is on its way: what is about to use weights asks for no handles, as a recorded graph. */
export function arriveAll(): void {
  for (const arrive of [...coming]) arrive();
}
