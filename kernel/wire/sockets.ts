// The kernel's five sockets. Requests arrive on shell and control, answers to prompts on stdin, everything
// is broadcast on IOPub (an XPUB, so that each subscriber is welcomed), and a thread of its own echoes the heartbeat.

import { Router, type Socket, XPublisher } from "zeromq";
import { decode, encode } from "./codec.js";
import { type Connection, type CurveKeys, curveOptions, endpoint, portOf } from "./connection.js";
import { Heartbeat } from "./heartbeat.js";
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
  readonly #iopub: XPublisher;
  readonly #connection: Connection;
  #heartbeat: Heartbeat | undefined;
  #numDropped = 0;
  #soon: Draft[] = [];
  /** Called with how many messages were ignored so far because they were malformed, forged or replayed. */
  onDropped: (numDropped: number) => void = () => undefined;

  constructor(connection: Connection, session: string) {
    const { key, curve } = connection;
    this.#connection = connection;
    this.#signer = new Signer(key);
    this.#session = session;
    this.#routers = { shell: newRouter(curve), control: newRouter(curve), stdin: newRouter(curve) };
    this.#iopub = new XPublisher({ linger: LINGER_MS, ...curveOptions(curve) });
    this.#iopub.verbosity = "allSubs";
    this.#outboxes = {
      shell: new Outbox(this.#routers.shell),
      control: new Outbox(this.#routers.control),
      stdin: new Outbox(this.#routers.stdin),
      iopub: new Outbox(this.#iopub),
    };
  }

  /** Binds every socket and starts to deliver verified messages to `receive`. */
  async bind(receive: Receive): Promise<void> {
    const connection = this.#connection;
    this.#heartbeat = new Heartbeat(connection);
    await this.#iopub.bind(endpoint(connection, "iopub"));
    void this.#welcome();
    for (const channel of ["control", "stdin", "shell"] as const) {
      await this.#routers[channel].bind(endpoint(connection, channel));
      void this.#receive(channel, receive);
    }
  }

  /** The connection with the ports that were taken; throws when the heartbeat could not listen. */
  async taken(): Promise<Connection> {
    const sockets = { ...this.#routers, iopub: this.#iopub };
    const ports = Object.entries(sockets).map(([channel, { lastEndpoint }]) => [
      channel,
      portOf(lastEndpoint ?? ""),
    ]);
    const hb = portOf((await this.#heartbeat?.address) ?? "");
    const taken = Object.fromEntries(ports) as Omit<Connection["ports"], "hb">;
    return { ...this.#connection, ports: { ...taken, hb } };
  }

  /** Sends on a request channel, to the peer named by `draft.identities`; returns the header sent. */
  send(channel: RequestChannel, draft: Draft): Header {
    const message = createMessage(draft, this.#session);
    this.#outboxes[channel].send(encode(message, this.#signer));
    return message.header;
  }

  /**
   * Broadcasts on IOPub before anything else is broadcast, but after the jobs that are ready: a cell is on its way to its
   * worker before the front end hears that it is.
   */
  publishSoon(draft: Draft): void {
    if (this.#soon.length === 0) process.nextTick(() => this.#publishWaiting());
    this.#soon.push(draft);
  }

  /** Broadcasts on IOPub under the topic `kernel.<session>.<type>`. */
  publish(draft: Draft): void {
    this.#publishWaiting();
    this.#publishNow(draft);
  }

  #publishWaiting(): void {
    for (const draft of this.#soon.splice(0)) this.#publishNow(draft);
  }

  #publishNow(draft: Draft): void {
    const topic = Buffer.from(`kernel.${this.#session}.${draft.type}`);
    const message = createMessage({ ...draft, identities: [topic] }, this.#session);
    this.#outboxes.iopub.send(encode(message, this.#signer));
  }

  /** Closes all sockets; messages already sent still go out within the linger time. */
  async close(): Promise<void> {
    const sockets: Socket[] = [...Object.values(this.#routers), this.#iopub];
    for (const socket of sockets) socket.close();
    await this.#heartbeat?.stop();
  }

  async #receive(channel: RequestChannel, receive: Receive): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      const message = decode(frames, this.#signer);
      if (message !== undefined) receive(message, channel);
      else this.onDropped(++this.#numDropped);
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
}

function newRouter(curve: CurveKeys | undefined): Router {
  const router = new Router({ linger: LINGER_MS, receiveHighWaterMark: 0, ...curveOptions(curve) });
  router.handover = true;
  return router;
}
