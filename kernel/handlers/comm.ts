// comm_open, comm_msg, comm_close and comm_info_request.

import type { CommEvent } from "../link/messages.js";
import type { Handler } from "./request.js";

/** Handler of one comm event; it has no reply. */
export function comm(event: CommEvent["event"]): Handler {
  return (content, { session }, { message }) => {
    const target = content["target_name"];
    session.comms.receive(
      {
        kind: "comm",
        event,
        commId: String(content["comm_id"]),
        target: typeof target === "string" ? target : undefined,
        data: content["data"] ?? {},
        metadata: message.metadata,
      },
      [...message.buffers],
      message.header,
    );
    return Promise.resolve(undefined);
  };
}

export const commInfo: Handler = (content, { session }) => {
  const target = content["target_name"];
  const comms = session.comms.list(typeof target === "string" ? target : undefined);
  return Promise.resolve({ status: "ok", comms });
};
