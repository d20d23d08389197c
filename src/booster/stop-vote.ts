// How ranks end a loop over batches together without waiting for one another: each says before a batch whether it was asked to
// stop, and hears before the next whether any was; with it goes whether a save has failed in the background (failed-save.ts). The
// numbers go between CPUs, so no GPU is waited for either.
import { defaultGroup } from "../cluster/default-group.js";
import { ranksFromEnvironment } from "../cluster/environment.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import type { StopVote } from "../data/data-loader.js";
import { tensor } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { keep } from "../tensor/scope.js";
import { hasFailedSave, noteFailedSave } from "./failed-save.js";

/** A vote for one loop: true on all ranks at the place after the one where any was asked to stop. */
export function beginStopVote(): StopVote {
  if (ranksFromEnvironment().size === 1) return (requested) => requested;
  const host = defaultGroup("cpu");
  let result = (): Said => ({ stop: false, saveFailed: false });
  return (requested, isEnd) => {
    const { stop, saveFailed } = result();
    if (saveFailed) noteFailedSave();
    if (!stop && !isEnd) result = vote(host, { stop: requested, saveFailed: hasFailedSave() });
    return stop;
  };
}

/** What a rank says, and what any of them has said. */
interface Said {
  readonly stop: boolean;
  readonly saveFailed: boolean;
}

/** Begins to tell the other ranks; the function it returns waits for what they tell. */
function vote(host: ProcessGroup, { stop, saveFailed }: Said): () => Said {
  const any = keep(tensor(Int32Array.of(Number(stop), Number(saveFailed)), { device: "cpu" }));
  const work = noGrad(() => host.allReduce(any, "max"));
  return () => {
    work.wait();
    const [stops, failed] = any.toArray() as [number, number];
    any.dispose();
    return { stop: stops > 0, saveFailed: failed > 0 };
  };
}
