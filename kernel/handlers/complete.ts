// complete_request: members of live values of rank 0, or global names and keywords.

import { completionPlace, fromCodePoints, KEYWORDS, toCodePoints } from "../language/words.js";
import type { Handler } from "./request.js";

export const complete: Handler = async (content, { session }) => {
  const code = String(content["code"] ?? "");
  const cursor = fromCodePoints(code, Number(content["cursor_pos"] ?? code.length));
  const place = completionPlace(code, cursor);
  if (place === undefined) return reply([], code, cursor, cursor);
  const names = await session.complete(place.object);
  const all = place.object === "" ? [...names, ...KEYWORDS] : names;
  const matches = [...new Set(all)].filter((name) => name.startsWith(place.prefix)).sort();
  return reply(matches, code, place.start, cursor);
};

function reply(matches: readonly string[], code: string, start: number, end: number) {
  return {
    status: "ok",
    matches,
    cursor_start: toCodePoints(code, start),
    cursor_end: toCodePoints(code, end),
    metadata: {},
  };
}
