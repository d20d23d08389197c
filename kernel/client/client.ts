// A Jupyter client for kernels on this machine: requests, their replies and the outputs in between.
// It speaks the same wire as the kernel, from the other end.

import { randomUUID } from "node:crypto";
import { curveKeyPair, Dealer, Subscriber } from "zeromq";
import { decode, encode } from "../wire/codec.js";
import { type Connection, endpoint } from "../wire/connection.js";
import { type Content, createMessage, type Draft, type Message } from "../wire/message.js";
import { Outbox } from "../wire/outbox.js";
import { Signer } from "../wire/signature.js";

export interface ExecuteOptions {
  readonly silent?: boolean;
  readonly storeHistory?: boolean;
  readonly stopOnError?: boolean;
  readonly userExpressions?: Record<string, string>;
  /** Answers the questions of the cell; without it the cell may not ask. */
  readonly onInput?: (prompt: string, isPassword: boolean) => string | Promise<string>;
  /** Subshell that runs the code; the main shell when left out. */
  readonly subshell?: string;
  /** Called with every IOPub message of this request, in order. */
  readonly onOutput?: (message: Message) => void;
}

interface Pending {
  readonly resolve: (reply: Message) => void;
  readonly reject: (reason: Error) => void;
  readonly onOutput: (message: Message) => void;
  readonly onInput: ExecuteOptions["onInput"];
  /** An execution ends with its reply and its idle status, in whatever order they arrive. */
  reply: Message | undefined;
  isIdle: boolean;
}

export class KernelClient {
  readonly #session = randomUUID();
  readonly #signer: Signer;
  readonly #verifier: Signer;
  /** The kernel finds our stdin socket by the identity of the shell socket. */
  readonly #shell: Dealer;
  readonly #stdin: Dealer;
  readonly #control: Dealer;
  readonly #iopub: Subscriber;
  readonly #outboxes: Record<"shell" | "control" | "stdin", Outbox>;
  readonly #pending = new Map<string, Pending>();
  /** Called with every IOPub message, whatever it answers. */
  onIopub: (message: Message) => void = () => undefined;

  constructor(connection: Connection) {
    const options = { linger: 0, receiveHighWaterMark: 0, ...clientCurveOptions(connection) };
    this.#shell = new Dealer({ ...options, routingId: this.#session });
    this.#stdin = new Dealer({ ...options, routingId: this.#session });
    this.#control = new Dealer(options);
    this.#iopub = new Subscriber(options);
    this.#signer = new Signer(connection.key);
    this.#verifier = new Signer(connection.key);
    this.#outboxes = {
      shell: new Outbox(this.#shell),
      control: new Outbox(this.#control),
      stdin: new Outbox(this.#stdin),
    };
    this.#shell.connect(endpoint(connection, "shell"));
    this.#control.connect(endpoint(connection, "control"));
    this.#stdin.connect(endpoint(connection, "stdin"));
    this.#iopub.connect(endpoint(connection, "iopub"));
    this.#iopub.subscribe();
    void this.#receive(this.#shell, (message) => this.#replied(message));
    void this.#receive(this.#control, (message) => this.#replied(message));
    void this.#receive(this.#stdin, (message) => void this.#answer(message));
    void this.#receive(this.#iopub, (message) => this.#published(message));
  }

  /** Runs code; resolves with the reply once all its output has been delivered. */
  execute(code: string, options: ExecuteOptions = {}): Promise<Message> {
    const content = {
      code,
      silent: options.silent ?? false,
      store_history: options.storeHistory ?? true,
      user_expressions: options.userExpressions ?? {},
      allow_stdin: options.onInput !== undefined,
      stop_on_error: options.stopOnError ?? true,
    };
    const draft = { type: "execute_request", content, subshell: options.subshell };
    return this.#request(draft, "shell", options);
  }

  /** Sends any request; resolves with the reply once the kernel is idle again. */
  request(
    draft: Draft,
    channel: "shell" | "control" = "shell",
    onOutput: (message: Message) => void = () => undefined,
  ): Promise<Message> {
    return this.#request(draft, channel, { onOutput });
  }

  /** Sends a message without waiting for anything; returns its id. */
  send(draft: Draft, channel: "shell" | "control" = "shell"): string {
    const message = createMessage(draft, this.#session);
    this.#outboxes[channel].send(encode(message, this.#signer));
    return message.header.msg_id;
  }

  /** Sends frames as they are, such as a forged message. */
  sendFrames(frames: readonly Uint8Array[]): void {
    this.#outboxes.shell.send(frames);
  }

  /** Frames of a correctly signed message. */
  frames(draft: Draft): Uint8Array[] {
    const frames = encode(createMessage(draft, this.#session), this.#signer);
    return frames.map((frame) => (typeof frame === "string" ? Buffer.from(frame) : frame));
  }

  /** Whether the request with this id has not been answered in full. */
  isWaiting(id: string): boolean {
    return this.#pending.has(id);
  }

  interrupt(): Promise<Message> {
    return this.request({ type: "interrupt_request", content: {} }, "control");
  }

  /** Rejects everything that still waits, because the kernel is gone. */
  fail(reason: Error): void {
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  close(): void {
    const sockets = [this.#shell, this.#control, this.#stdin, this.#iopub];
    for (const socket of sockets) socket.close();
  }

  #request(
    draft: Draft,
    channel: "shell" | "control",
    { onOutput = () => undefined, onInput }: Pick<ExecuteOptions, "onOutput" | "onInput">,
  ): Promise<Message> {
    return new Promise((resolve, reject) => {
      const id = this.send(draft, channel);
      const ends = { reply: undefined, isIdle: false };
      this.#pending.set(id, { resolve, reject, onOutput, onInput, ...ends });
    });
  }

  async #answer({ header, parent, content }: Message): Promise<void> {
    const onInput = this.#pending.get(String(parent.msg_id))?.onInput;
    if (header.msg_type !== "input_request" || onInput === undefined) return;
    const value = await onInput(String(content["prompt"]), content["password"] === true);
    const draft = { type: "input_reply", content: { status: "ok", value }, parent: header };
    this.#outboxes.stdin.send(encode(createMessage(draft, this.#session), this.#signer));
  }

  async #receive(socket: Dealer | Subscriber, handle: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames, this.#verifier);
      if (message !== undefined) handle(message);
    }
  }

  #replied(message: Message): void {
    const pending = this.#pending.get(String(message.parent.msg_id));
    if (pending === undefined) return;
    pending.reply = message;
    this.#finish(pending, message.parent.msg_id);
  }

  #published(message: Message): void {
    this.onIopub(message);
    const pending = this.#pending.get(String(message.parent.msg_id));
    if (pending === undefined) return;
    pending.onOutput(message);
    if (message.header.msg_type !== "status") return;
    if ((message.content as Content)["execution_state"] !== "idle") return;
    pending.isIdle = true;
    this.#finish(pending, message.parent.msg_id);
  }

  #finish({ reply, isIdle, resolve }: Pending, id: string | undefined): void {
    if (reply === undefined || !isIdle) return;
    this.#pending.delete(String(id));
    resolve(reply);
  }
}

/** Options of a socket that connects to an encrypted kernel, with a key pair of its own. */
function clientCurveOptions({ curve }: Connection): object {
  if (curve === undefined) return {};
  const { publicKey, secretKey } = curveKeyPair();
  return {
    curveServerKey: curve.publicKey,
    curvePublicKey: publicKey,
    curveSecretKey: secretKey,
  };
}
