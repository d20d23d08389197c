// Numbers that a block draws depend on a key and on the block's place only. The key of a forward pass, which is a micro-batch's, is
// one draw of the CPU's default generator, whatever the device: so `manualSeed` decides everything, that generator's
// state is all that an exact resumption needs, and a block that runs again draws the same.

import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";

/** Runs `body`, part `index` of a forward pass, which may draw from the default generator of `device`. */
export type RandomParts = <T>(index: number, device: string, body: () => T) => T;

/** True while a CUDA graph is being captured. */
export function isCapturing(): boolean {
  return native.cuda?.isCapturing() ?? false;
}

/**
 * The parts of one forward pass: the default generator begins each at a place of its own, and goes on afterwards where it was.
 * While a CUDA graph is captured it is left alone: replays draw anew.
 */
export function randomParts(): RandomParts {
  const key = native.drawKey();
  return (index, device, body) => {
    if (device === "meta" || (device !== "cpu" && isCapturing())) return body();
    native.enterStream(device, key, index);
    try {
      return body();
    } finally {
      native.leaveStream();
    }
  };
}

whenCutOff(() => {
  while (native.leaveStream()); // parts that did not come to their end
});
