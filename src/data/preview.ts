// An example to be looked at: its text in parts, those that are trained on in colour.
import { escapeHtml } from "../report/escape-html.js";
import { type Example, IGNORED } from "./example.js";
import type { ChatEncoder } from "./tokenize-content.js";

/** Neighbouring tokens that are all trained on, or all not. */
export interface PreviewPart {
  /** What the tokens say. */
  readonly text: string;
  /** How many there are. */
  readonly numTokens: number;
  /** Whether their labels are theirs, not -100. */
  readonly isTrainedOn: boolean;
}

/** What a notebook shows as a table, and a terminal as lines. */
export interface SupervisedPreview {
  /** In the order of the row. */
  readonly parts: readonly PreviewPart[];
  /** A line for each part. */
  toString(): string;
}

export function previewExample(example: Example, tokenizer: ChatEncoder): SupervisedPreview {
  const parts = partsOf(example).map(([begin, end, isTrainedOn]) => ({
    text: tokenizer.decode(example.inputIds.subarray(begin, end)),
    numTokens: end - begin,
    isTrainedOn,
  }));
  const plain = (): string => plainText(parts);
  const shown = {
    parts,
    toString: plain,
    [Symbol.for("Jupyter.display")]: () => ({ "text/plain": plain(), "text/html": table(parts) }),
    [Symbol.for("nodejs.util.inspect.custom")]: plain,
  };
  return shown;
}

type Part = readonly [begin: number, end: number, isTrainedOn: boolean];

/** Parts end where another document begins, too. The first token of each is never foretold, so not trained on. */
function partsOf({ labels, documents = [0] }: Example): Part[] {
  const begins = new Set(documents);
  const isTrained = (index: number): boolean => labels[index] !== IGNORED && !begins.has(index);
  const parts: Part[] = [];
  let begin = 0;
  for (let index = 1; index <= labels.length; index++) {
    const goesOn =
      index < labels.length && !begins.has(index) && isTrained(index) === isTrained(begin);
    if (goesOn) continue;
    parts.push([begin, index, isTrained(begin)]);
    begin = index;
  }
  return parts;
}

function plainText(parts: readonly PreviewPart[]): string {
  const numTrained = parts.reduce((sum, part) => sum + (part.isTrainedOn ? part.numTokens : 0), 0);
  const numTokens = parts.reduce((sum, part) => sum + part.numTokens, 0);
  const lines = parts.map(
    ({ text, isTrainedOn }) => `${isTrainedOn ? "trained |" : "        |"} ${JSON.stringify(text)}`,
  );
  return [`${numTrained} of ${numTokens} tokens are trained on`, ...lines].join("\n");
}

function table(parts: readonly PreviewPart[]): string {
  const rows = parts.map(({ text, numTokens, isTrainedOn }) => {
    const colour = isTrainedOn ? ";background:#43a04750" : ""; // seen on white and on black
    const what = isTrainedOn ? "trained on" : "";
    return `<tr style="vertical-align:top${colour}"><td>${what}</td><td style="text-align:right">${numTokens}</td><td style="text-align:left;white-space:pre-wrap">${escapeHtml(text)}</td></tr>`;
  });
  return `<table><thead><tr><th></th><th>tokens</th><th style="text-align:left">text</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
