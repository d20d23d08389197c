// history_request: earlier inputs of this session by tail, range or search.

import type { History, HistoryEntry } from "../session/history.js";
import type { Content } from "../wire/message.js";
import type { Handler } from "./request.js";

const SESSION = 0;

export const history: Handler = (content, parts) => {
  const found = find(content, parts.history);
  const withOutput = content["output"] === true;
  const entries = found.map(({ line, source }) => [
    SESSION,
    line,
    withOutput ? [source, null] : source,
  ]);
  return Promise.resolve({ status: "ok", history: entries });
};

function find(content: Content, history: History): readonly HistoryEntry[] {
  const count = Number(content["n"] ?? 0);
  switch (content["hist_access_type"]) {
    case "range": {
      const stop = content["stop"];
      return history.range(
        Number(content["start"] ?? 0),
        typeof stop === "number" ? stop : undefined,
      );
    }
    case "search": {
      const found = history.search(String(content["pattern"] ?? "*"), content["unique"] === true);
      return count > 0 ? found.slice(-count) : found;
    }
    default:
      return history.tail(count);
  }
}
