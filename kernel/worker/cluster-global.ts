// The global `cluster` of cells: what %cluster says in a line, as a function.

import { requireBearable } from "../link/rank-limit.js";
import { currentCell } from "./cell-context.js";
import type { Send } from "./kernel-link.js";

/** The global; its calls are answered by the kernel. */
export function clusterGlobal(send: Send): object {
  return {
    launch: ({ numRanks }: { readonly numRanks: number }): Promise<never> => {
      if (!Number.isInteger(numRanks) || numRanks < 1) {
        throw new RangeError(
          `cluster.launch() takes { numRanks }, a positive integer, not ${String(numRanks)}`,
        );
      }
      requireBearable(`cluster.launch({ numRanks: ${numRanks} })`, numRanks);
      send({ kind: "launch", cell: currentCell(), numRanks });
      return new Promise(() => undefined); // this process ends before there is an answer
    },
  };
}
