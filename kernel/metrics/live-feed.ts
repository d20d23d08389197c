// Rows of one run on their way to the plots that watch it. Everything is sent on a tick of 100 ms, so a front end gets
// at most ten messages a second. Batches are numbered; a front end that misses one asks for a snapshot. One that
// stops acknowledging (a closed laptop: the server would queue for it without bound) gets nothing until it is back,
// and then a snapshot.

import { decimate, encodeRows, type MetricsMetadata, type MetricsRow } from "notebooster/report";
import type { RunView } from "./run-display.js";

const TICK_MS = 100;
const MAX_UNACKNOWLEDGED = 200;
const MAX_SNAPSHOT_STEPS = 4000;

interface Watcher {
  acknowledged: number;
  needsSnapshot: boolean;
  needsEnd: boolean;
}

export type SendComm = (
  commId: string,
  data: Record<string, unknown>,
  buffers: Uint8Array[],
) => void;

export class LiveFeed {
  readonly #view: () => RunView;
  readonly #send: SendComm;
  readonly #watchers = new Map<string, Watcher>();
  #pending: MetricsRow[] = [];
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(view: () => RunView, send: SendComm) {
    this.#view = view;
    this.#send = send;
  }

  push(rows: readonly MetricsRow[]): void {
    this.#pending.push(...rows);
    this.#schedule();
  }

  /** Tells every watcher that the run ended. */
  finish(): void {
    for (const watcher of this.#watchers.values()) watcher.needsEnd = true;
    this.#schedule();
  }

  /** Tells every watcher that the run goes on after all. */
  resume(): void {
    for (const watcher of this.#watchers.values()) {
      watcher.needsEnd = false;
      watcher.needsSnapshot = true;
    }
    this.#schedule();
  }

  /** Adds a watcher that has everything up to batch `since`, or brings one up to date. */
  attach(commId: string, since: number): void {
    const needsSnapshot = since !== this.#sequence;
    const needsEnd = !needsSnapshot && this.#view().outcome !== undefined;
    this.#watchers.set(commId, { acknowledged: this.#sequence, needsSnapshot, needsEnd });
    this.#schedule();
  }

  detach(commId: string): void {
    this.#watchers.delete(commId);
  }

  acknowledge(commId: string, sequence: number): void {
    const watcher = this.#watchers.get(commId);
    if (!watcher) return;
    watcher.needsSnapshot ||= this.#isStalled(watcher);
    watcher.acknowledged = Math.min(sequence, this.#sequence);
    this.#schedule();
  }

  /** Sends what is due now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#takeBatch();
    for (const [commId, watcher] of this.#watchers) {
      if (this.#isStalled(watcher)) continue;
      if (watcher.needsSnapshot) this.#sendSnapshot(commId, watcher);
      else if (batch) this.#send(commId, { type: "batch", seq: this.#sequence }, [batch]);
      if (!watcher.needsEnd) continue;
      watcher.needsEnd = false;
      this.#send(commId, { type: "ended", seq: this.#sequence, outcome: this.#view().outcome }, []);
    }
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), TICK_MS).unref();
  }

  #isStalled(watcher: Watcher): boolean {
    return this.#sequence - watcher.acknowledged > MAX_UNACKNOWLEDGED;
  }

  #takeBatch(): Uint8Array | undefined {
    if (this.#pending.length === 0) return undefined;
    const rows = this.#pending;
    this.#pending = [];
    this.#sequence++;
    return this.#watchers.size > 0 ? encodeRows(rows, this.#view().metadata) : undefined;
  }

  #sendSnapshot(commId: string, watcher: Watcher): void {
    watcher.needsSnapshot = false;
    const view = this.#view();
    this.#send(commId, ...snapshotMessage(view, this.#sequence));
  }
}

/** A message that replaces all a plot has. */
export function snapshotMessage(
  { rows, metadata, outcome, problem }: RunView,
  sequence: number,
): [data: Record<string, unknown>, buffers: Uint8Array[]] {
  const stream = encodeRows(decimate(rows, MAX_SNAPSHOT_STEPS), metadata);
  const state = { outcome: outcome ?? null, problem: problem ?? null };
  const data = { type: "snapshot", seq: sequence, metadata, ...state };
  return [data satisfies { metadata: MetricsMetadata }, [stream]];
}
