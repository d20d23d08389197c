// The heartbeat: a thread of its own with a socket of its own, so that it beats however busy this process is.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Connection, type CurveKeys, endpoint } from "./connection.js";

export interface HeartbeatData {
  readonly address: string;
  readonly curve: CurveKeys | undefined;
}

export class Heartbeat {
  readonly #thread: Worker;
  /** Where it listens; rejects when it cannot. */
  readonly address: Promise<string>;

  /** Starts to echo. */
  constructor(connection: Connection) {
    const { curve } = connection;
    const workerData: HeartbeatData = { address: endpoint(connection, "hb"), curve };
    this.#thread = new Worker(new URL("./heartbeat-thread.js", import.meta.url), { workerData });
    this.address = once(this.#thread, "message").then(([address]) => String(address));
    this.#thread.unref();
  }

  /** Resolves when the socket is closed: a thread that ends with an open one aborts the process. */
  async stop(): Promise<void> {
    this.#thread.postMessage("close");
    await once(this.#thread, "message");
  }
}
