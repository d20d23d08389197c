// The group of all ranks: one for CPU tensors, one for GPU tensors, each made when it is first asked for. It connects with the
// first collective, which all ranks must call.
import { requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import type { GroupRef } from "../native/process-groups.js";
import { aDevice } from "../tensor/arguments.js";
import { CollectiveError } from "./collective-error.js";
import { type Ranks, ranksFromEnvironment } from "./environment.js";
import { followHost } from "./generation.js";
import { ProcessGroup } from "./process-group.js";

const groups = new Map<string, ProcessGroup>();

/** A group of ranks was asked for in a process that is alone. */
export class NoOtherRanksError extends Error {
  override readonly name = "NoOtherRanksError";
}

/**
 * The group of all ranks that talks between tensors of `device`, made on first use. Its first collective connects the ranks,
 * all of which must call it.
 * @throws NoOtherRanksError when this process is alone
 * @throws CollectiveError when the place where ranks meet cannot be reached
 */
export function defaultGroup(device: string): ProcessGroup {
  requireValue("defaultGroup: device", device, aDevice);
  const group = groupOfAll(device);
  if (group !== undefined) return group;
  throw new NoOtherRanksError(
    "defaultGroup: this process is alone (WORLD_SIZE is 1), so there is no group; %cluster 2 in a notebook and RANK and " +
      "WORLD_SIZE of a launcher make more ranks, and code for any number of them asks ranksFromEnvironment().size of notebooster/parallel first",
  );
}

/** As `defaultGroup`; undefined when this process is alone. */
export function groupOfAll(device: string): ProcessGroup | undefined {
  const ranks = ranksFromEnvironment();
  if (ranks.size === 1) return undefined;
  const backend = device.startsWith("cuda") ? "nccl" : "gloo";
  let group = groups.get(backend);
  if (group === undefined) {
    const name = `notebooster/${backend}`;
    const all = Array.from({ length: ranks.size }, (_, rank) => rank);
    group = new ProcessGroup(join(ranks, { name, backend }), {
      name,
      rank: ranks.rank,
      ranks: all,
      backend,
    });
    groups.set(backend, group);
  }
  return group;
}

function join(ranks: Ranks, { name, backend }: { name: string; backend: string }): GroupRef {
  const { rank, size, rendezvous, timeoutMs, joinTimeoutMs, host } = ranks;
  const options = { rendezvous, name, backend, rank, size, timeoutMs, host, joinTimeoutMs };
  followHost();
  try {
    return native.createProcessGroup(options);
  } catch (cause) {
    throw new CollectiveError(
      `rank ${rank} could not reach the rendezvous ${rendezvous} of ${size} ranks within ${joinTimeoutMs / 1000} s (${(cause as Error).message})`,
      { cause },
    );
  }
}
