// The Jupyter message: four JSON parts and any number of binary buffers, addressed by routing identities.
// Source: jupyter_client docs/messaging.rst, protocol 5.6.

import { randomUUID } from "node:crypto";

export const PROTOCOL_VERSION = "5.6";

export type Content = Record<string, unknown>;

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
  /** Subshell that handles a request; the main shell without one. */
  readonly subshell_id?: string | null;
}

export interface Message {
  /** ZeroMQ routing prefix: the peer on a ROUTER socket, the topic on IOPub. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** Header of the message this one answers; empty when there is none. */
  readonly parent: Header | Record<string, never>;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Uint8Array[];
}

export interface Draft {
  readonly type: string;
  readonly content: Content;
  readonly parent?: Header | undefined;
  readonly metadata?: Content | undefined;
  readonly identities?: readonly Uint8Array[] | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
  /** Subshell of a request. */
  readonly subshell?: string | undefined;
}

/** A new message of `session`, with a fresh id and the present time. */
export function createMessage(draft: Draft, session: string): Message {
  return {
    identities: draft.identities ?? [],
    header: {
      msg_id: randomUUID(),
      session,
      username: "notebooster",
      date: new Date().toISOString(),
      msg_type: draft.type,
      version: PROTOCOL_VERSION,
      ...(draft.subshell === undefined ? {} : { subshell_id: draft.subshell }),
    },
    parent: draft.parent ?? {},
    metadata: draft.metadata ?? {},
    content: draft.content,
    buffers: draft.buffers ?? [],
  };
}
