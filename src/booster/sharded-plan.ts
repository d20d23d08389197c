// What plugins decide alike under which each rank has a part of the weights.

/** Of weights in no block; those of a block are brought together at once. */
export const OUTSIDE_BLOCKS_BYTES = 25 * 2 ** 20;

/** Of plans that refuse it. */
export const NO_SYNC = [
  "there are no whole gradients, which passes without a reduction would add up",
  "leave noSync out, which adds gradients up in parts, or take LowLevelZeroPlugin with stage: 1",
] as const;
