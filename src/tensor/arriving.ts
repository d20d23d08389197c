// Weights whose numbers are on their way, as from other ranks beside what computes: whoever asks for one's handle, with which all is
// computed, waits first.
import { wholly } from "../host/index.js";

/** Of a tensor: waits for its numbers; undefined where they are there. */
export const ARRIVING = Symbol("arriving");

/** A tensor that can be waited for. */
export interface Awaitable {
  [ARRIVING]: (() => void) | undefined;
}

type Arrive = () => void;

/** Of all numbers that are on their way, in the order in which they were sent. Their tensors hold them: what is dropped can be freed. */
const coming = new Set<WeakRef<Arrive>>();

/**
 * Has the first who needs the numbers of any of these wait for those of all of them.
 * @param wait called once, and not ended in its middle
 */
export function arriveLater(tensors: readonly Awaitable[], wait: () => void): void {
  const here = new WeakRef(
    readLater(tensors, () => {
      coming.delete(here);
      wait();
    }),
  );
  coming.add(here);
}

/** The same for what `arriveAll` need not wait for, as no graph uses it. */
export function readLater(tensors: readonly Awaitable[], wait: () => void): Arrive {
  let isAwaited = true;
  const arrive = (): void =>
    wholly(() => {
      if (!isAwaited) return;
      isAwaited = false;
      for (const tensor of tensors) if (tensor[ARRIVING] === arrive) tensor[ARRIVING] = undefined;
      wait();
    });
  for (const tensor of tensors) tensor[ARRIVING] = arrive;
  return arrive;
}

/** Waits for all that is on its way: what is about to use weights asks for no handles, as a recorded graph. */
export function arriveAll(): void {
  const all = [...coming];
  coming.clear();
  for (const each of all) each.deref()?.();
}
