// How long each cell of a run took, from the times that its metadata keeps as JupyterLab does.

import { type Cell, sourceOf } from "./notebook.js";

const WIDTH = 60;

/** One line a cell that ran, then the sum. */
export function timingTable(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell, i) => {
    const seconds = secondsOf(cell);
    return seconds === undefined ? [] : [{ index: i + 1, seconds, text: firstLine(cell) }];
  });
  const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = rows.map(({ index, seconds, text }) => line(String(index), seconds, text));
  return [...lines, line("all", total, "")].join("\n");
}

function secondsOf(cell: Cell): number | undefined {
  const times = cell.metadata["execution"] as Record<string, string> | undefined;
  const [busy, idle] = [times?.["iopub.status.busy"], times?.["iopub.status.idle"]];
  if (busy === undefined || idle === undefined) return undefined;
  return (Date.parse(idle) - Date.parse(busy)) / 1000;
}

function firstLine(cell: Cell): string {
  const text = sourceOf(cell).trim().split("\n")[0] ?? "";
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 3)}...` : text;
}

function line(index: string, seconds: number, text: string): string {
  return `${index.padStart(4)} ${seconds.toFixed(3).padStart(10)} s  ${text}`.trimEnd();
}
