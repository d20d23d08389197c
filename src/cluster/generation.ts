// Connections between ranks are made anew, on all of them together, after one of them failed in a cell. The host numbers
// these generations and says which one the running cell uses; the addon hears of the end of one from the host directly,
// also while JavaScript waits in a collective.
import { native } from "../native/native.js";
import { currentHost } from "../report/host.js";

let used = 0;
let isListening = false;

/** Makes what follows use the connections of the running cell. A plain script has those it began with. */
export function followHost(): void {
  const { connections } = currentHost() ?? {};
  if (connections === undefined) return;
  if (!isListening) {
    isListening = true;
    native.listenForEnds(connections.endsFd);
  }
  if (connections.generation === used) return;
  used = connections.generation;
  native.useGeneration(used);
}

/** The generation in use: what belongs to collectives of an earlier one is void. */
export function currentGeneration(): number {
  followHost();
  return used;
}
