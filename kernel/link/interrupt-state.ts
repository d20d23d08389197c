// Memory shared by a worker's main thread and its interrupter, readable while JavaScript runs.

/**
 * Slots of the shared Int32Array. `inputs` counts the answers that came for prompts, `waitingForInput` is the id of the
 * prompt that the main thread sleeps in, or 0, `holds` how many blocks it is in that must not be ended in their middle,
 * `interrupts` how many signals have come and `ending` which of them, by its number, was the last that ends cells.
 */
export const SLOT = {
  stepRegions: 0,
  requested: 1,
  phase: 2,
  inputs: 3,
  waitingForInput: 4,
  holds: 5,
  interrupts: 6,
  ending: 7,
} as const;
export const NUM_SLOTS = 8;

/**
 * `asked`: the main thread was asked to end the cell itself. Whoever moves the phase on from there acts:
 * the main thread to `none` when it is free, the interrupter to `terminating` when it is not.
 */
export const PHASE = { none: 0, asked: 1, terminating: 2 } as const;
