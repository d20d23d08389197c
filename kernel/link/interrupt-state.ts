// Memory shared by a worker's main thread and its interrupter, readable while JavaScript runs.

/**
 * Slots of the shared Int32Array. `inputs` counts the answers that came for prompts, `waitingForInput` is the id of the
 * prompt that the main thread sleeps in, or 0, `interrupts` how many signals have come and `ending` which of them, by its
 * number, was the last that ends cells.
 */
export const SLOT = {
  stepRegions: 0,
  requested: 1,
  phase: 2,
  inputs: 3,
  waitingForInput: 4,
  interrupts: 5,
  ending: 6,
} as const;
export const NUM_SLOTS = 7;

/**
 * `asked`: the main thread was asked to end the cell itself. It moves the phase on to `none` when it is free; when it is not,
 * the interrupter has it move on to `terminating`, and to `none` once JavaScript has ended.
 */
export const PHASE = { none: 0, asked: 1, terminating: 2 } as const;
