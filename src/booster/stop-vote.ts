// How ranks end a loop over batches together without waiting for one another: each says before a batch whether it was asked to
// stop, and hears before the next whether any was. The numbers go between CPUs, so no GPU is waited for either.
import { defaultGroup } from "../cluster/default-group.js";
import { ranksFromEnvironment } from "../cluster/environment.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import type { StopVote } from "../data/data-loader.js";
import { tensor } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { keep } from "../tensor/scope.js";

/** A vote for one loop: true on all ranks at the place after the one where any was asked to stop. */
export function beginStopVote(): StopVote {
  if (ranksFromEnvironment().size === 1) return (requested) => requested;
  const host = defaultGroup("cpu");
  let result = (): boolean => false;
  return (requested, isEnd) => {
    const isAgreed = result();
    if (!isAgreed && !isEnd) result = vote(host, requested);
    return isAgreed;
  };
}

/** Begins to tell the other ranks; the function it returns waits for what they tell. */
function vote(host: ProcessGroup, requested: boolean): () => boolean {
  const any = keep(tensor(Int32Array.of(requested ? 1 : 0), { device: "cpu" }));
  const work = noGrad(() => host.allReduce(any, "max"));
  return () => {
    work.wait();
    const isRequested = any.item() > 0;
    any.dispose();
    return isRequested;
  };
}
