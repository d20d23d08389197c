// What a piece of a program takes of memory, as libtorch's allocators tell.
import { callback, requireValue } from "../arguments/checks.js";
import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";

/** Bytes of tensors. */
export interface MemoryCount {
  /** Held at the end, of what was allocated. */
  readonly heldBytes: number;
  /** The most that were held at a time. */
  readonly peakBytes: number;
}

let isCounting = false;

whenCutOff(() => {
  if (isCounting) end();
});

/** Counts the tensors' memory that `body` allocates, on all devices together. Counts do not nest. */
export function countMemory(body: () => void): MemoryCount {
  requireValue("countMemory: body", body, callback);
  native.beginMemoryCount(null);
  isCounting = true;
  let count: MemoryCount;
  try {
    body();
  } finally {
    count = end();
  }
  return count;
}

/** What a program that runs on "meta" stands for. */
export type StandsFor = "cpu" | "cuda";

/**
 * Counts what `body` makes on "meta" as memory that it would take elsewhere, part by part.
 * @param body gets a function that ends a part, and says what was held at its end of what was not at its beginning, and the most that was
 */
export function countOnMeta<T>(as: StandsFor, body: (endPart: () => MemoryCount) => T): T {
  native.beginMemoryCount(as);
  isCounting = true;
  try {
    return body(() => {
      const part = end();
      native.beginMemoryCount(as);
      isCounting = true;
      return part;
    });
  } finally {
    end();
  }
}

function end(): MemoryCount {
  isCounting = false;
  const [heldBytes, peakBytes] = native.endMemoryCount();
  return { heldBytes, peakBytes };
}
