// `await cluster.launch({ numRanks })` replaces the workers, so what follows it in the cell runs on the new ones: the cell
// is cut behind each such statement.

import { parseCell } from "./compile.js";
import { loadTypeScript, type Ts } from "./typescript.js";

/** The cell in parts, each on its own lines as in the whole. */
export async function splitAtLaunch(source: string): Promise<string[]> {
  if (!/\bcluster\s*\.\s*launch\b/.test(source)) return [source];
  const ts = await loadTypeScript();
  const ends = parseCell(ts, source)
    .statements.filter((statement) => launches(ts, statement.getText()))
    .map((statement) => statement.end);
  const starts = [0, ...ends];
  const parts = starts.map((start, i) => {
    const skipped = source.slice(0, start).replace(/[^\n]/g, "");
    return skipped + source.slice(start, starts[i + 1]);
  });
  return parts.filter((part, i) => i === 0 || part.trim() !== "");
}

function launches(_ts: Ts, text: string): boolean {
  return /^await\s+cluster\s*\.\s*launch\s*\(/.test(text);
}
