// Connections between ranks are made anew, on all of them together, after one of them failed in a cell. The host numbers
// these generations and says before each cell which one it uses, so that what failed in an earlier one is not told again; the
// addon hears of the end of one from the host directly, also while JavaScript waits in a collective.

import { currentHost } from "../host/index.js";
import { native } from "../native/native.js";

let used = 0;
let isFollowing = false;

/** From now on cells use the connections that the host names. A plain script has those it began with. */
export function followHost(): void {
  const { connections } = currentHost() ?? {};
  if (isFollowing || connections === undefined) return;
  isFollowing = true;
  native.listenForEnds(connections.endsFd);
  connections.follow((generation) => {
    used = generation;
    native.useGeneration(generation);
  });
}

/** The generation in use: what belongs to collectives of an earlier one is void. */
export function currentGeneration(): number {
  return used;
}
