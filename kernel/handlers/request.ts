// What a handler gets and gives. Each handler answers one type of request; the dispatcher wraps it in
// busy and idle and sends the reply.

import type { History } from "../session/history.js";
import type { Session } from "../session/session.js";
import type { Connection } from "../wire/connection.js";
import type { Content, Message } from "../wire/message.js";
import type { RequestChannel } from "../wire/sockets.js";
import type { Subshells } from "./subshells.js";

export interface KernelParts {
  readonly session: Session;
  readonly history: History;
  readonly subshells: Subshells;
  /** Execution count, shared by all shells. */
  readonly executions: { count: number };
  /** Where the sockets are. */
  connection: Connection;
  /** Ends the kernel once the reply is sent. */
  readonly shutdown: (isRestart: boolean) => void;
}

export interface Request {
  readonly message: Message;
  readonly channel: RequestChannel;
}

/** Content of the reply; without one nothing is answered. */
export type Handler = (
  content: Content,
  parts: KernelParts,
  request: Request,
) => Promise<Content | undefined>;
