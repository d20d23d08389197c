// Output of the ranks beside the one shown plainly: folded under their number in one updating display.
// Text equal to that of the shown rank is not repeated.

import type { MimeBundle } from "notebooster/host";
import type { Rendered } from "../link/messages.js";

const UPDATE_MS = 500;

interface RankOutput {
  text: string;
  /** What is said of text that went to a file instead. */
  note: string;
  readonly displays: Map<string, Rendered>;
}

export class RankFold {
  readonly #shown: number;
  readonly #show: (bundle: MimeBundle) => void;
  readonly #outputs = new Map<number, RankOutput>();
  #timer: NodeJS.Timeout | undefined;
  #last = "";

  /** `shown` is the rank whose output needs no folding; `show` replaces the fold in the notebook. */
  constructor(shown: number, show: (bundle: MimeBundle) => void) {
    this.#shown = shown;
    this.#show = show;
  }

  addText(rank: number, text: string, note = ""): void {
    const output = this.#output(rank);
    output.text += text;
    output.note = note;
    this.#later();
  }

  /** Keeps the latest state of each display. */
  addDisplay(rank: number, displayId: string, rendered: Rendered): void {
    if (Object.keys(rendered.bundle).length === 0) return; // the place of one that is in the making
    const { displays } = this.#output(rank);
    displays.set(displayId, rendered);
    this.#later();
  }

  /** Shows what has come so far; nothing any more once the shown rank has said it all too. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const groups = this.#groups();
    const bundle = {
      "text/plain": groups.map(plain).join("\n"),
      "text/html": groups.map(html).join(""),
    };
    if (bundle["text/html"] === this.#last) return;
    this.#last = bundle["text/html"];
    this.#show(bundle);
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.flush(), UPDATE_MS);
  }

  #output(rank: number): RankOutput {
    const output = this.#outputs.get(rank) ?? { text: "", note: "", displays: new Map() };
    this.#outputs.set(rank, output);
    return output;
  }

  /** Ranks with the same output together, without those that only say what the shown rank says. */
  #groups(): Group[] {
    const shown = this.#outputs.get(this.#shown);
    const groups = new Map<string, Group>();
    for (const [rank, output] of [...this.#outputs].sort(([a], [b]) => a - b)) {
      if (rank === this.#shown) continue;
      const repeats = shown?.text === output.text && shown.note === "" && output.note === "";
      const text = repeats ? "" : output.text;
      const displays = [...output.displays.values()].filter((display) => !contains(shown, display));
      if (text === "" && displays.length === 0) continue;
      const key = JSON.stringify([text, output.note, displays]);
      const group = groups.get(key) ?? { ranks: [], text, note: output.note, displays };
      group.ranks.push(rank);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

interface Group {
  readonly ranks: number[];
  readonly text: string;
  readonly note: string;
  readonly displays: readonly Rendered[];
}

function contains(shown: RankOutput | undefined, display: Rendered): boolean {
  const wanted = JSON.stringify(display.bundle);
  return [...(shown?.displays.values() ?? [])].some(
    ({ bundle }) => JSON.stringify(bundle) === wanted,
  );
}

function title({ ranks }: Group): string {
  return ranks.length === 1 ? `rank ${ranks[0]}` : `ranks ${ranks.join(", ")}`;
}

function tail({ note }: Group): string {
  return note === "" ? "" : `\n${note}`;
}

function plain(group: Group): string {
  const displays = group.displays.map(({ bundle }) => String(bundle["text/plain"] ?? "[picture]"));
  return [`[${title(group)}]`, group.text.trimEnd() + tail(group), ...displays].join("\n");
}

function html(group: Group): string {
  const numLines = group.text === "" ? 0 : group.text.trimEnd().split("\n").length;
  const summary =
    numLines > 0
      ? `${title(group)}: ${numLines} ${numLines === 1 ? "line" : "lines"}`
      : title(group);
  const text = group.text === "" ? "" : `<pre>${escapeHtml(group.text + tail(group))}</pre>`;
  const displays = group.displays.map(({ bundle }) => embed(bundle)).join("");
  return `<details><summary>${summary}</summary>${text}${displays}</details>`;
}

function embed(bundle: MimeBundle): string {
  for (const type of ["text/html", "image/svg+xml"]) {
    if (bundle[type] !== undefined) return `<div>${String(bundle[type])}</div>`;
  }
  for (const type of ["image/png", "image/jpeg"]) {
    const data = bundle[type];
    if (typeof data === "string") return `<img src="data:${type};base64,${escapeHtml(data)}">`;
  }
  return `<pre>${escapeHtml(String(bundle["text/plain"] ?? ""))}</pre>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
