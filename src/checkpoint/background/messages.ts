// What a rank and the thread that writes for it tell each other.
import type { MessagePort } from "node:worker_threads";
import { CheckpointError } from "../checkpoint-error.js";
import type { Destination } from "../destination.js";
import type { SharedPlace } from "../shared-place.js";
import type { Snapshot } from "./snapshot.js";

/** What the thread is started with. */
export interface ThreadData {
  readonly destination: Destination;
  readonly rank: number;
  readonly numRanks: number;
  readonly port: MessagePort;
}

/** To the thread. */
export type Order =
  | { readonly files: Snapshot; readonly place: SharedPlace }
  | { readonly giveUp: true };

/** From the thread, in this order; `failure` ends it. */
export type Report =
  | { readonly place: SharedPlace }
  | { readonly isWritten: true }
  | { readonly isDone: true }
  | { readonly failure: Failure };

/** An error as plain data. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly path: string | undefined;
}

export function failureOf(error: unknown): Failure {
  const { name, message, path } = error as Error & { path?: unknown };
  return { name, message, path: typeof path === "string" ? path : undefined };
}

export function errorOf({ name, message, path }: Failure): Error {
  if (name !== "CheckpointError" || path === undefined)
    return Object.assign(new Error(message), { name });
  return new CheckpointError(message.slice(`${path}: `.length), { path });
}
