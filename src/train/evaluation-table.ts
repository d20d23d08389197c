// Evaluations as a table that grows while a cell runs: how far the model is from held-out rows, and what it says.
import { randomBytes } from "node:crypto";
import { currentHost, type MimeBundle } from "../host/index.js";
import { escapeHtml } from "../report/escape-html.js";
import { textRow } from "../report/text-cell.js";
import type { Evaluation } from "./evaluation.js";

/** In a notebook one output that is replaced; elsewhere each row is a few lines of standard error. */
export class EvaluationTable {
  readonly #displayId = `evaluations-${randomBytes(8).toString("hex")}`;
  readonly #notes: string[] = [];
  #evaluations: readonly Evaluation[] = [];
  #best: Evaluation | undefined;
  #isShown = false;

  /** What the table holds from now on. */
  show(evaluations: readonly Evaluation[], best: Evaluation | undefined): void {
    this.#evaluations = evaluations;
    this.#best = best;
    const newest = evaluations.at(-1);
    if (newest !== undefined) this.#draw(linesOf(newest, newest === best));
  }

  /** A line below it. */
  tell(note: string): void {
    this.#notes.push(note);
    this.#draw(note);
  }

  toString(): string {
    const rows = this.#evaluations.map((one) => linesOf(one, one === this.#best));
    return [...rows, ...this.#notes].join("\n");
  }

  /** The same as a notebook shows it. */
  bundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": this.#html() };
  }

  #draw(news: string): void {
    const host = currentHost();
    if (host === undefined) {
      process.stderr.write(`${news}\n`);
      return;
    }
    host.display(this.bundle(), { displayId: this.#displayId, update: this.#isShown });
    this.#isShown = true;
  }

  #html(): string {
    const prompts = this.#evaluations[0]?.samples.map(({ prompt }) => prompt) ?? [];
    const head = textRow("th", ["step", "held-out loss", ...prompts]);
    const body = this.#evaluations.map((one) => {
      const said = one.samples.map(({ text }) => text);
      return textRow("td", [String(one.step), lossOf(one, one === this.#best), ...said]);
    });
    const notes = this.#notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("");
    return `<table><thead>${head}</thead><tbody>${body.join("")}</tbody></table>${notes}`;
  }
}

function linesOf(evaluation: Evaluation, isBest: boolean): string {
  const said = evaluation.samples.map(({ prompt, text }) => `\n  ${prompt} | ${text}`);
  return `step ${evaluation.step}: held-out loss ${lossOf(evaluation, isBest)}${said.join("")}`;
}

function lossOf({ heldOutLoss }: Evaluation, isBest: boolean): string {
  return `${heldOutLoss.toFixed(4)}${isBest ? " (best)" : ""}`;
}
