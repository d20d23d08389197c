// Above the plot: title, whether the run goes on, its newest values and what went wrong. Text only, never markup of the model.

import type { RunOutcome } from "notebooster/host";

export type RunState = "live" | "saved" | "lost" | RunOutcome;

const STATES: Record<
  RunState,
  { readonly text: string; readonly color: string; readonly why: string }
> = {
  live: { text: "running", color: "--jp-success-color1", why: "receiving from the kernel" },
  saved: { text: "saved", color: "--jp-ui-font-color2", why: "as saved in the notebook" },
  finished: { text: "done", color: "--jp-brand-color1", why: "the run has ended" },
  interrupted: {
    text: "interrupted",
    color: "--jp-warn-color1",
    why: "the run was stopped before its end",
  },
  failed: { text: "failed", color: "--jp-error-color1", why: "the run's cell ended in an error" },
  lost: {
    text: "no record",
    color: "--jp-warn-color1",
    why: "this kernel knows nothing of the run",
  },
};

export class RunHeading {
  readonly #title = element(
    "span",
    "font-weight: 600; font-size: 14px; color: var(--jp-ui-font-color0)",
  );
  readonly #state = element(
    "span",
    "font-size: 11px; border: 1px solid; border-radius: 9px; padding: 0 8px",
  );
  readonly #summary = element(
    "div",
    "color: var(--jp-ui-font-color1); font-variant-numeric: tabular-nums",
  );
  readonly #problem = element("div", "color: var(--jp-error-color1); display: none");

  constructor(parent: HTMLElement) {
    const top = element("div", "display: flex; align-items: center; gap: 10px; margin-bottom: 2px");
    top.append(this.#title, this.#state);
    const heading = element("div", "font: 12px var(--jp-ui-font-family); margin-bottom: 6px");
    heading.append(top, this.#summary, this.#problem);
    parent.append(heading);
  }

  title(text: string): void {
    this.#title.textContent = text;
  }

  summary(text: string): void {
    this.#summary.textContent = text;
  }

  state(state: RunState): void {
    const { text, color, why } = STATES[state];
    this.#state.textContent = text;
    this.#state.title = why;
    this.#state.style.color = `var(${color})`;
    this.#state.dataset["state"] = state;
  }

  problem(text: string): void {
    this.#problem.textContent = text;
    this.#problem.style.display = "block";
  }
}

function element(tag: "div" | "span", style: string): HTMLElement {
  const node = document.createElement(tag);
  node.style.cssText = style;
  return node;
}
