// debug_request: the Debug Adapter Protocol, passed to the debugger of the session.

import type { Handler } from "./request.js";

export const debug: Handler = (content, { session }) =>
  session.debugger.answer({
    seq: Number(content["seq"] ?? 0),
    command: String(content["command"] ?? ""),
    arguments: (content["arguments"] ?? {}) as Record<string, unknown>,
  });
