// Problems that the type checker found in a cell, as a person reads them: one line that opens, in front ends that can.

import type { MimeBundle } from "notebooster/host";
import type { Problem } from "./checker/messages.js";

const MAX_PROBLEMS = 20;

export interface CellSource {
  /** How errors call the cell. */
  readonly label: string;
  readonly code: string;
}

/** Each problem with its place, the line and a pointer to what is wrong. */
export function describeProblems(problems: readonly Problem[], source: CellSource): string[] {
  const lines = source.code.split("\n");
  const shown = problems
    .slice(0, MAX_PROBLEMS)
    .flatMap((problem) => [
      `${placeOf(problem, source)}: ${problem.message} (TS${problem.code})`,
      ...quote(problem, problem.module?.text ?? lines[problem.line - 1] ?? ""),
    ]);
  const numHidden = problems.length - MAX_PROBLEMS;
  return numHidden > 0 ? [...shown, `... ${numHidden} more`] : shown;
}

/** How many problems there are, in words. */
export function countProblems(problems: readonly Problem[]): string {
  return problems.length === 1 ? "1 type error" : `${problems.length} type errors`;
}

/** A display for a cell that ran although its types are wrong. */
export function foldProblems(problems: readonly Problem[], source: CellSource): MimeBundle {
  const [first] = problems;
  const head = `${countProblems(problems)} (%check strict refuses such cells, %check off is silent)`;
  const text = describeProblems(problems, source).join("\n");
  const place = first?.module === undefined ? "" : `${placeOf(first, source)}: `;
  const message = first?.message.split("\n")[0] ?? "";
  const summary = `&#9888; ${countProblems(problems)}: ${escapeHtml(place + message)}`;
  const style = "cursor: pointer; color: var(--jp-warn-color0, #b25f00)";
  const html =
    `<details><summary style="${style}">${summary}</summary>` +
    `<pre>${escapeHtml(text)}\n\n%check strict refuses such cells, %check off is silent</pre></details>`;
  return { "text/html": html, "text/plain": `${head}\n${text}` };
}

function placeOf({ module, line }: Problem, { label }: CellSource): string {
  return `${module?.label ?? label}, line ${line}`;
}

function quote({ line, column, length }: Problem, text: string): string[] {
  const head = `  ${line} | `;
  return [`${head}${text}`, `${" ".repeat(head.length + column - 1)}${"^".repeat(length)}`];
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
