// is_complete_request: whether Enter runs the code or adds a line, for consoles.

import { checkComplete } from "../language/is-complete.js";
import type { Handler } from "./request.js";

export const isComplete: Handler = async (content) => ({
  ...(await checkComplete(String(content["code"] ?? ""))),
});
