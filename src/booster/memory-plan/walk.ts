// A training step as stretches, each of which holds something beside what was there before it. Going through them tells when most is held
// at once: a sum of all that a step needs would be too much, since activations leave while gradients come. Pure.

/** What memory is for. */
export type MemoryUse =
  | "parameters"
  | "buffers"
  | "masters"
  | "state"
  | "gradients"
  | "activations"
  | "loss"
  | "collectives"
  | "fetched"
  | "transfers"
  | "update";

/** Where in a step. */
export type Phase = "begin" | "forward" | "loss" | "backward" | "update";

/** Bytes by what they are for; what is not named is 0. */
export type Bytes = Readonly<Partial<Record<MemoryUse, number>>>;

/** A part of a step, in which nothing is known but the most that is held and what stays. */
export interface Stretch {
  readonly phase: Phase;
  /** Name of the block that is computed. */
  readonly block?: string;
  /** The most that is held in it over what was held before, and what it is for. */
  readonly most: Bytes;
  /** What it adds to what is held, or takes from it. */
  readonly left: Bytes;
}

/** When most is held. */
export interface MemoryPeak {
  /** In tensors. */
  readonly bytes: number;
  /** Where in the step. */
  readonly phase: Phase;
  /** Name of the block that is computed. */
  readonly block: string | undefined;
  /** What is held then. */
  readonly of: Bytes;
}

/** @param resident what is held when the step begins, and stays */
export function walk(resident: Bytes, stretches: readonly Stretch[]): MemoryPeak {
  let held = resident;
  let peak: MemoryPeak = { bytes: total(held), phase: "begin", block: undefined, of: held };
  for (const { phase, block, most, left } of stretches) {
    const of = plus(held, most);
    const bytes = total(of);
    if (bytes > peak.bytes) peak = { bytes, phase, block, of };
    held = plus(held, left);
  }
  return peak;
}

/** Of all uses together. */
export function total(bytes: Bytes): number {
  return Object.values(bytes).reduce((sum, each) => sum + each, 0);
}

export function plus(a: Bytes, b: Bytes): Bytes {
  const uses = new Set([...Object.keys(a), ...Object.keys(b)] as MemoryUse[]);
  return Object.fromEntries([...uses].map((use) => [use, (a[use] ?? 0) + (b[use] ?? 0)]));
}
