// history_request: earlier inputs, of this session and of those before it, by tail, range or search.

import type { History, HistoryEntry } from "../session/history.js";
import type { Content } from "../wire/message.js";
import type { Handler } from "./request.js";

export const history: Handler = (content, parts) => {
  const withOutput = content["output"] === true;
  const entries = find(content, parts.history).map(({ session, line, source, output }) => [
    session,
    line,
    withOutput ? [source, output ?? null] : source,
  ]);
  return Promise.resolve({ status: "ok", history: entries });
};

function find(content: Content, history: History): readonly HistoryEntry[] {
  const count = Number(content["n"] ?? 0);
  switch (content["hist_access_type"]) {
    case "range": {
      const stop = content["stop"];
      return history.range({
        session: Number(content["session"] ?? 0),
        start: Number(content["start"] ?? 0),
        stop: typeof stop === "number" ? stop : undefined,
      });
    }
    case "search": {
      const found = history.search(String(content["pattern"] ?? "*"), content["unique"] === true);
      return count > 0 ? found.slice(-count) : found;
    }
    case "tail":
      return history.tail(count);
    default:
      throw new TypeError(
        `hist_access_type must be "range", "tail" or "search", not ${JSON.stringify(content["hist_access_type"])}`,
      );
  }
}
