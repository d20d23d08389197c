// One run followed over one comm: attach, take batches in order, ask for a snapshot when one is missing, attach again when
// the page was reloaded, the connection was lost or the kernel restarted. Acknowledges now and then, so that the kernel
// stops sending to a page that sleeps.

import { tableFromIPC } from "apache-arrow";
import type { RunOutcome } from "notebooster/host";
import { type MetricsMetadata, type MetricsRow, rowsOfTable } from "notebooster/report";
import type {
  Comm,
  CommMessage,
  Future,
  KernelConnection,
  SessionContext,
} from "./jupyterlab-types.js";
import type { RunState } from "./run-heading.js";

const TARGET = "notebooster.metrics";
const ACKNOWLEDGE_EVERY = 50;
const RESYNC_AFTER_MS = 1000;

export type RunUpdate =
  | { readonly kind: "snapshot"; readonly rows: MetricsRow[]; readonly metadata: MetricsMetadata }
  | { readonly kind: "batch"; readonly rows: MetricsRow[] }
  | { readonly kind: "state"; readonly state: RunState }
  | { readonly kind: "problem"; readonly problem: string };

export class RunConnection {
  readonly #session: SessionContext;
  readonly #update: (update: RunUpdate) => void;
  readonly #onStatus = () => this.#attach();
  #runId: string | undefined;
  #comm: Comm | undefined;
  #kernel: KernelConnection | undefined;
  /** Number of the last batch taken; undefined until the first snapshot. */
  #sequence: number | undefined;
  #resyncMs = 0;

  constructor(session: SessionContext, update: (update: RunUpdate) => void) {
    this.#session = session;
    this.#update = update;
    for (const signal of this.#signals()) signal.connect(this.#onStatus);
  }

  /** Whether rows of this run have come from the kernel and more may. */
  get isLive(): boolean {
    return this.#sequence !== undefined && this.#comm !== undefined && !this.#comm.isDisposed;
  }

  follow(runId: string): void {
    this.#runId = runId;
    this.#attach();
  }

  /** Follows no longer: the run has ended. */
  stop(): void {
    this.#runId = undefined;
    const comm = this.#comm;
    this.#comm = undefined;
    this.#sequence = undefined;
    if (!comm || comm.isDisposed) return;
    comm.onClose = () => undefined; // close() calls it at once, and an ended run is not one that was left
    settle(comm.close());
  }

  dispose(): void {
    for (const signal of this.#signals()) signal.disconnect(this.#onStatus);
    this.stop();
  }

  #signals() {
    const { kernelChanged, statusChanged, connectionStatusChanged } = this.#session;
    return [kernelChanged, statusChanged, connectionStatusChanged];
  }

  #attach(): void {
    const kernel = this.#session.session?.kernel;
    if (this.#runId === undefined || !kernel || !isReady(kernel)) return;
    if (kernel === this.#kernel && this.#comm && !this.#comm.isDisposed) return;
    this.#kernel = kernel;
    this.#sequence = undefined;
    const comm = kernel.createComm(TARGET);
    comm.onMsg = (message) => this.#receive(message);
    comm.onClose = () => this.#update({ kind: "state", state: "saved" });
    this.#comm = comm;
    settle(comm.open({ type: "attach", runId: this.#runId, since: -1 }));
  }

  #receive(message: CommMessage): void {
    const { type, seq, metadata, problem, outcome } = message.content.data;
    if (typeof problem === "string") this.#update({ kind: "problem", problem });
    if (type === "snapshot") this.#takeSnapshot(message, Number(seq), metadata as MetricsMetadata);
    if (type === "batch") this.#takeBatch(message, Number(seq));
    if (type === "unknown") this.#end("lost");
    if (typeof outcome === "string") this.#ended(outcome as RunOutcome);
  }

  #takeSnapshot(message: CommMessage, sequence: number, metadata: MetricsMetadata): void {
    const rows = this.#rowsOf(message);
    if (!rows) return;
    this.#sequence = sequence;
    this.#update({ kind: "snapshot", rows, metadata });
    this.#update({ kind: "state", state: "live" });
    this.#send({ type: "ack", seq: sequence });
  }

  #takeBatch(message: CommMessage, sequence: number): void {
    if (this.#sequence === undefined || sequence !== this.#sequence + 1) {
      this.#resync();
      return;
    }
    const rows = this.#rowsOf(message);
    if (!rows) return;
    this.#sequence = sequence;
    this.#update({ kind: "batch", rows });
    if (sequence % ACKNOWLEDGE_EVERY === 0) this.#send({ type: "ack", seq: sequence });
  }

  /** Rows of the message's Arrow stream; a corrupt one is reported, and asked for again as a snapshot. */
  #rowsOf(message: CommMessage): MetricsRow[] | undefined {
    try {
      const buffer = message.buffers?.[0] ?? new ArrayBuffer(0);
      return rowsOfTable(tableFromIPC(bytesOf(buffer)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#update({ kind: "problem", problem: `A batch of metrics arrived damaged (${reason}).` });
      this.#resync();
      return undefined;
    }
  }

  #resync(): void {
    const now = performance.now();
    if (now - this.#resyncMs < RESYNC_AFTER_MS) return;
    this.#resyncMs = now;
    this.#send({ type: "resync" });
  }

  /** A run that was stopped may go on in another cell, and is still followed. */
  #ended(outcome: RunOutcome): void {
    if (outcome === "finished") this.#end("finished");
    else this.#update({ kind: "state", state: outcome });
  }

  #end(state: RunState): void {
    this.stop();
    this.#update({ kind: "state", state });
  }

  #send(data: Record<string, unknown>): void {
    if (this.#comm && !this.#comm.isDisposed) settle(this.#comm.send(data));
  }
}

function isReady({ handleComms, connectionStatus, status }: KernelConnection): boolean {
  return handleComms && connectionStatus === "connected" && ["idle", "busy"].includes(status);
}

/** The reply to a comm message carries nothing; it is cancelled when the kernel restarts, and then we attach anew. */
function settle(future: Future): void {
  future.done.catch(() => undefined);
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
