// `await cluster.launch({ numRanks })` replaces the workers, so what follows it in the cell runs on the new ones: the cell
// is cut behind each such statement.

import { loadTypeScript } from "./typescript.js";

const LAUNCH = /^await\s+cluster\s*\.\s*launch\s*\(/;

/** The cell in parts, each on its own lines as in the whole. */
export async function splitAtLaunch(source: string): Promise<string[]> {
  if (!/\bcluster\s*\.\s*launch\b/.test(source)) return [source];
  const ts = await loadTypeScript();
  const file = ts.createSourceFile("cell.ts", `${source}\nexport {};`, ts.ScriptTarget.ESNext);
  const ends = file.statements
    .filter((statement) => LAUNCH.test(statement.getText(file)))
    .map(({ end }) => end);
  const parts = [0, ...ends].map((start, i) => {
    const skipped = source.slice(0, start).replace(/[^\n]/g, "");
    return skipped + source.slice(start, ends[i]);
  });
  return parts.filter((part, i) => i === 0 || part.trim() !== "");
}
