// The kernel between its sockets and its session: requests to handlers, replies back, busy and idle
// around each.

import { randomUUID } from "node:crypto";
import { Activity } from "./handlers/activity.js";
import { comm, commInfo } from "./handlers/comm.js";
import { complete } from "./handlers/complete.js";
import { connect, interrupt, shutdown } from "./handlers/control.js";
import { debug } from "./handlers/debug.js";
import { ExecuteQueue } from "./handlers/execute.js";
import { history } from "./handlers/history.js";
import { inspect } from "./handlers/inspect.js";
import { isComplete } from "./handlers/is-complete.js";
import { kernelInfo } from "./handlers/kernel-info.js";
import type { Handler, KernelParts, Request } from "./handlers/request.js";
import { createSubshell, deleteSubshell, listSubshells, Subshells } from "./handlers/subshells.js";
import { History, historyFolder } from "./session/history.js";
import { Session } from "./session/session.js";
import type { Connection } from "./wire/connection.js";
import type { Content, Message } from "./wire/message.js";
import { JupyterSockets, type RequestChannel } from "./wire/sockets.js";

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["kernel_info_request", kernelInfo],
  ["complete_request", complete],
  ["inspect_request", inspect],
  ["is_complete_request", isComplete],
  ["history_request", history],
  ["comm_info_request", commInfo],
  ["comm_open", comm("open")],
  ["comm_msg", comm("msg")],
  ["comm_close", comm("close")],
  ["connect_request", connect],
  ["interrupt_request", interrupt],
  ["shutdown_request", shutdown],
  ["debug_request", debug],
  ["create_subshell_request", createSubshell],
  ["delete_subshell_request", deleteSubshell],
  ["list_subshell_request", listSubshells],
]);

/** Time for the last replies to leave before the process ends. */
const FAREWELL_MS = 100;

export class Kernel {
  readonly #sockets: JupyterSockets;
  readonly #session: Session;
  readonly #parts: KernelParts;
  readonly #activity: Activity;
  #isEnding: boolean = false;

  /** `folder` is where cells run: the notebook's folder. */
  constructor(connection: Connection, folder: string) {
    this.#sockets = new JupyterSockets(connection, randomUUID());
    this.#sockets.onDropped = warnOfDropped;
    this.#activity = new Activity({
      publish: (draft) => this.#sockets.publish(draft),
      publishSoon: (draft) => this.#sockets.publishSoon(draft),
    });
    this.#session = new Session(
      folder,
      (draft) => this.#sockets.publish(draft),
      ({ header, identities }, content) =>
        this.#sockets.send("stdin", { type: "input_request", content, parent: header, identities }),
    );
    this.#parts = {
      session: this.#session,
      history: new History(historyFolder(process.env), (problem) =>
        process.stderr.write(`notebooster: ${problem}\n`),
      ),
      connection,
      executions: { count: 0 },
      subshells: new Subshells(() => this.#newQueue()),
      shutdown: () => this.end(),
    };
  }

  /** Starts the workers and opens the sockets; returns where they are. */
  async start(): Promise<Connection> {
    this.#session.start();
    await this.#sockets.bind((message, channel) => this.#receive(message, channel));
    this.#sockets.publish({ type: "status", content: { execution_state: "starting" } });
    this.#parts.connection = await this.#sockets.taken();
    return this.#parts.connection;
  }

  /** Kills the workers at once and ends this process after the last replies have gone. */
  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#session.close();
    setTimeout(() => void this.#sockets.close().then(() => process.exit(0)), FAREWELL_MS);
  }

  #receive(message: Message, channel: RequestChannel): void {
    const request = { message, channel };
    const type = message.header.msg_type;
    if (channel === "stdin") this.#takeInput(message);
    else if (type === "execute_request") this.#execute(request);
    else if (this.#mustWait(message)) this.#parts.subshells.main.after(() => this.#answer(request));
    else void this.#answer(request);
  }

  #execute(request: Request): void {
    try {
      this.#parts.subshells.queueOf(request.message.header).add(request);
    } catch (failure) {
      const refuse = async () => this.#reply(request, failureContent(failure), {});
      void this.#activity.during(request.message.header, refuse);
    }
  }

  #newQueue(): ExecuteQueue {
    return new ExecuteQueue(this.#parts, {
      activity: this.#activity,
      publish: (draft) => this.#sockets.publish(draft),
      publishSoon: (draft) => this.#sockets.publishSoon(draft),
      reply: (request, content, metadata) => this.#reply(request, content, metadata),
    });
  }

  #takeInput(message: Message): void {
    if (message.header.msg_type === "input_reply") this.#session.input.reply(message);
  }

  /** A comm may belong to a target that a cell still waiting will register. */
  #mustWait({ header, content }: Message): boolean {
    if (!this.#parts.subshells.main.isBusy || !header.msg_type.startsWith("comm_")) return false;
    if (header.msg_type === "comm_info_request") return false;
    return this.#session.comms.mayBeRegistered(content["comm_id"], content["target_name"]);
  }

  async #answer(request: Request): Promise<void> {
    const { header } = request.message;
    const handler = HANDLERS.get(header.msg_type);
    if (handler === undefined) return; // an unknown request gets no reply, as the protocol says
    if (this.#isForPlots(request.message)) await this.#answerPlot(handler, request);
    else await this.#activity.during(header, () => this.#handle(handler, request));
    if (header.msg_type === "kernel_info_request")
      setImmediate(() => this.#session.language.warmUp());
  }

  async #handle(handler: Handler, request: Request): Promise<void> {
    try {
      const reply = await handler(request.message.content, this.#parts, request);
      if (reply !== undefined) this.#reply(request, reply, {});
    } catch (failure) {
      this.#reply(request, failureContent(failure), {});
    }
  }

  #isForPlots({ header, content }: Message): boolean {
    if (!/^comm_(?:open|msg|close)$/.test(header.msg_type)) return false;
    return this.#session.comms.isOurs(content["comm_id"], content["target_name"]);
  }

  /** A live plot is served at once, also while a cell runs; its `busy` and `idle`, for which nobody waits, come after the cell. */
  async #answerPlot(handler: Handler, request: Request): Promise<void> {
    await this.#handle(handler, request);
    const { header } = request.message;
    this.#parts.subshells.main.after(() => this.#activity.during(header, async () => undefined));
  }

  #reply({ message, channel }: Request, content: Content, metadata: Content): void {
    const { header: parent, identities } = message;
    const type = parent.msg_type.replace(/_request$/, "_reply");
    this.#sockets.send(channel, { type, content, parent, metadata, identities });
    // clients that only listen to IOPub must learn of the end too
    if (type === "shutdown_reply") this.#sockets.publish({ type, content, parent });
  }
}

/** Says in the server's log, ever more rarely, that somebody sends what they should not. */
function warnOfDropped(numDropped: number): void {
  if (!/^10*$/.test(String(numDropped))) return;
  const messages = numDropped === 1 ? "1 message" : `${numDropped} messages`;
  process.stderr.write(`notebooster: ignored ${messages}: malformed, forged or replayed\n`);
}

function failureContent(failure: unknown): Content {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  return { status: "error", ename: error.name, evalue: error.message, traceback: [error.message] };
}
