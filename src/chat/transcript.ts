// A conversation as HTML, in the colours of the page; what was said is text, whatever it looks like.
import { escapeHtml } from "../report/escape-html.js";

/** What one of the two said, or what the page has to say of it. */
export interface Utterance {
  readonly role: string;
  readonly text: string;
}

const NAMES: Readonly<Record<string, string>> = { user: "You", assistant: "Model", note: "Note" };
const BUBBLE =
  "margin:4px 0;padding:6px 10px;border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45";
const COLOURS: Readonly<Record<string, string>> = {
  user: "background:var(--jp-layout-color2,#eee);margin-left:15%",
  assistant:
    "background:var(--jp-layout-color1,#fff);border:1px solid var(--jp-border-color2,#ccc)",
  note: "color:var(--jp-error-color1,#b00020)",
};
/** Its one child is scrolled to the end, also while it grows; what is below stays where it is. */
const FRAME =
  "display:flex;flex-direction:column-reverse;height:300px;resize:vertical;overflow-y:auto;font-size:var(--jp-ui-font-size2,14px);padding:2px 8px;border:1px solid var(--jp-border-color2,#ccc);border-radius:4px";

/** The whole conversation, scrolled to its end. */
export function transcript(said: readonly Utterance[]): string {
  return `<div class="notebooster-chat" style="${FRAME}"><div>${said.map(bubble).join("")}</div></div>`;
}

function bubble({ role, text }: Utterance): string {
  const name = `<div style="font-size:smaller;opacity:.7">${NAMES[role] ?? escapeHtml(role)}</div>`;
  const style = `${BUBBLE};${COLOURS[role] ?? ""}`;
  return `<div class="notebooster-chat-${NAMES[role] ? role : "other"}" style="${style}">${name}${escapeHtml(text)}</div>`;
}
