// A control as it stands, from the state that Jupyter's widget protocol carries: for viewers that run no widgets (GitHub,
// nbconvert, a page without a kernel, an untrusted notebook). HTML is of the plainest, as sanitizers leave it. What JupyterLab
// saves lacks properties that have their default.

import { text as anId, callback, requireValue } from "../arguments/checks.js";
import { escapeHtml } from "./escape-html.js";

/** Properties of a control, by the names of Jupyter's widget protocol. */
export type ControlState = Readonly<Record<string, unknown>>;
/** State of a control by its id; undefined where nothing is known of it. */
export type ControlStates = (id: string) => ControlState | undefined;

const REFERENCE = "IPY_MODEL_";
const BOXES = new Set(["VBox", "HBox", "Box", "GridBox", "Tab", "Accordion"]);
const HIDDEN = "••••";

interface Still {
  readonly text: string;
  readonly html: string;
}

/** Text of the control `id`, a line for each control inside; undefined for one that is not known. */
export function stillText(id: string, states: ControlStates): string | undefined {
  checkCall("stillText", id, states);
  return still(id, states)?.text;
}

/** HTML of the control `id`; undefined for one that is not known. */
export function stillHtml(id: string, states: ControlStates): string | undefined {
  checkCall("stillHtml", id, states);
  return still(id, states)?.html;
}

function checkCall(of: string, id: string, states: ControlStates): void {
  requireValue(`${of}: id`, id, anId);
  requireValue(`${of}: states`, states, callback);
}

function still(id: string, states: ControlStates): Still | undefined {
  const state = states(id);
  if (state === undefined) return undefined;
  const kind = kindOf(state);
  if (BOXES.has(kind)) return boxed(state, kind, states);
  if (kind === "HTML") {
    const html = String(state["value"] ?? "");
    return { text: html.replace(/<[^>]*>/g, ""), html: `<div>${html}</div>` };
  }
  const label = kind === "Button" ? "" : String(state["description"] ?? "");
  const text = [label, reading(state, kind)].filter((part) => part !== "").join(": ");
  return { text, html: `<div>${bar(state, kind)}${escaped(text)}</div>` };
}

function boxed(state: ControlState, kind: string, states: ControlStates): Still {
  const titles = (state["titles"] ?? []) as readonly string[];
  const children = (state["children"] ?? []) as readonly string[];
  const shown = children.map((child) => still(child.slice(REFERENCE.length), states));
  const parts = shown.flatMap((part, i) => (part ? [withTitle(part, titles[i] ?? "")] : []));
  const style = kind === "HBox" ? ' style="display: flex; gap: 12px"' : "";
  return {
    text: parts.map(({ text }) => text).join(kind === "HBox" ? "  " : "\n"),
    html: `<div${style}>${parts.map(({ html }) => html).join("")}</div>`,
  };
}

function withTitle({ text, html }: Still, title: string): Still {
  if (title === "") return { text, html };
  return { text: `${title}\n${text}`, html: `<div><b>${escaped(title)}</b>${html}</div>` };
}

/** What a person would read off the control. */
function reading(state: ControlState, kind: string): string {
  const { value = /^(?:Int|Float)Text$/.test(kind) ? 0 : "" } = state;
  const special = READINGS.find(([kinds]) => kinds.test(kind))?.[1];
  if (special !== undefined) return special(state);
  return typeof value === "string" || typeof value === "number" ? String(value) : `(${kind})`;
}

const READINGS: readonly (readonly [kinds: RegExp, read: (state: ControlState) => string])[] = [
  [/Progress$/, ({ value = 0, max = 100 }) => `${value} of ${max}`],
  [
    /Slider$/,
    ({ value = 0, min = 0, max = 100 }) => `${[value].flat().join(" to ")} (${min} to ${max})`,
  ],
  [/^Checkbox$/, ({ value }) => (value === true ? "yes" : "no")],
  [/^Button$/, ({ description = "" }) => `[${description}]`],
  [/^Password$/, ({ value = "" }) => (value === "" ? "" : HIDDEN)],
  [/^(?:Dropdown|Select|RadioButtons)$/, chosenLabel],
  [/^Output$/, ({ outputs = [] }) => (outputs as ControlState[]).map(outputText).join("")],
];

function chosenLabel({ index, _options_labels: labels = [] }: ControlState): string {
  return typeof index === "number" ? String((labels as readonly string[])[index]) : "";
}

function outputText({ text, data }: ControlState): string {
  const shown = text ?? (data as ControlState | undefined)?.["text/plain"] ?? "";
  return Array.isArray(shown) ? shown.join("") : String(shown);
}

function bar({ value = 0, max = 100 }: ControlState, kind: string): string {
  return /Progress$/.test(kind)
    ? `<progress value="${Number(value)}" max="${Number(max)}"></progress> `
    : "";
}

/** `IntSlider` for `IntSliderModel`. */
function kindOf(state: ControlState): string {
  return String(state["_model_name"]).replace(/Model$/, "");
}

function escaped(text: string): string {
  return escapeHtml(text).replaceAll("\n", "<br>");
}
