// inspect_request: type and value of the name under the cursor, from rank 0.

import { fromCodePoints, nameAt } from "../language/words.js";
import type { Handler } from "./request.js";

export const inspect: Handler = async (content, { session }) => {
  const code = String(content["code"] ?? "");
  const cursor = fromCodePoints(code, Number(content["cursor_pos"] ?? code.length));
  const name = nameAt(code, cursor);
  const found = name === undefined ? undefined : await session.inspect(name);
  return { status: "ok", found: found !== undefined, data: found?.bundle ?? {}, metadata: {} };
};
