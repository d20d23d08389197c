// The kernel's five sockets. Requests arrive on shell and control, answers to prompts on stdin, everything
// is broadcast on IOPub (an XPUB, so that each subscriber is welcomed), and the heartbeat echoes.

import { Router, type Socket, XPublisher } from "zeromq";
import { decode, encode } from "./codec.js";
import { type Connection, endpoint } from "./connection.js";
import { createMessage, type Draft, type Header, type Message } from "./message.js";
import { Outbox } from "./outbox.js";
import { Signer } from "./signature.js";

const LINGER_MS = 1000;

export type RequestChannel = "shell" | "control" | "stdin";
export type Receive = (message: Message, channel: RequestChannel) => void;

export class JupyterSockets {
  readonly #signer: Signer;
  readonly #session: string;
  readonly #routers: Record<RequestChannel, Router>;
  readonly #outboxes: Record<RequestChannel | "iopub", Outbox>;
  readonly #heartbeat = new Router({ linger: 0 });
  readonly #iopub = new XPublisher({ linger: LINGER_MS });
  /** Messages ignored because they were malformed, forged or replayed. */
  numDropped = 0;

  constructor(key: string, session: string) {
    this.#signer = new Signer(key);
    this.#session = session;
    this.#routers = { shell: newRouter(), control: newRouter(), stdin: newRouter() };
    this.#iopub.verbosity = "allSubs";
    this.#outboxes = {
      shell: new Outbox(this.#routers.shell),
      control: new Outbox(this.#routers.control),
      stdin: new Outbox(this.#routers.stdin),
      iopub: new Outbox(this.#iopub),
    };
  }

  /** Binds every socket and starts to deliver verified messages to `receive`. */
  async bind(connection: Connection, receive: Receive): Promise<void> {
    await this.#iopub.bind(endpoint(connection, "iopub"));
    await this.#heartbeat.bind(endpoint(connection, "hb"));
    void this.#welcome();
    void this.#beat();
    for (const channel of ["control", "stdin", "shell"] as const) {
      await this.#routers[channel].bind(endpoint(connection, channel));
      void this.#receive(channel, receive);
    }
  }

  /** Sends on a request channel, to the peer named by `draft.identities`; returns the header sent. */
  send(channel: RequestChannel, draft: Draft): Header {
    const message = createMessage(draft, this.#session);
    this.#outboxes[channel].send(encode(message, this.#signer));
    return message.header;
  }

  /** Broadcasts on IOPub under the topic `kernel.<session>.<type>`. */
  publish(draft: Draft): void {
    const topic = Buffer.from(`kernel.${this.#session}.${draft.type}`);
    const message = createMessage({ ...draft, identities: [topic] }, this.#session);
    this.#outboxes.iopub.send(encode(message, this.#signer));
  }

  /** Closes all sockets; messages already sent still go out within the linger time. */
  close(): void {
    const sockets: Socket[] = [...Object.values(this.#routers), this.#heartbeat, this.#iopub];
    for (const socket of sockets) socket.close();
  }

  async #receive(channel: RequestChannel, receive: Receive): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      const message = decode(frames, this.#signer);
      if (message === undefined) this.numDropped += 1;
      else receive(message, channel);
    }
  }

  async #welcome(): Promise<void> {
    for await (const [frame] of this.#iopub) {
      if (frame?.[0] !== 1) continue; // 1 subscribes, 0 unsubscribes
      const subscription = frame.subarray(1).toString("utf8");
      const draft = { type: "iopub_welcome", content: { subscription } };
      const message = createMessage({ ...draft, identities: [frame.subarray(1)] }, this.#session);
      this.#outboxes.iopub.send(encode(message, this.#signer));
    }
  }

  async #beat(): Promise<void> {
    const outbox = new Outbox(this.#heartbeat);
    for await (const frames of this.#heartbeat) outbox.send(frames);
  }
}

function newRouter(): Router {
  const router = new Router({ linger: LINGER_MS, receiveHighWaterMark: 0 });
  router.handover = true;
  return router;
}
