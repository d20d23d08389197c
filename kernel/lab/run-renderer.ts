// The output of a run in a notebook: a heading with the newest values, and the plot. It starts from the snapshot saved in
// the notebook and, while the run goes on, follows it over the notebook's kernel.

import type { RunOutcome } from "notebooster/host";
import {
  decimate,
  type MetricsMetadata,
  RowStore,
  rowsOfSnapshot,
  summaryLine,
} from "notebooster/report";
import type { MimeModel, Renderer, SessionContext, SharedModules } from "./jupyterlab-types.js";
import { RunConnection, type RunUpdate } from "./run-connection.js";
import { RunHeading, type RunState } from "./run-heading.js";
import { outcomeOf, RUN_MIME, type RunModel } from "./run-model.js";
import { RunPlot } from "./run-plot.js";
import { writeBack } from "./write-back.js";

const MAX_ROWS = 50_000;
const MAX_POINTS = 2000;

/** A widget that renders runs; `session` is the notebook's, if it is in one. */
export function createRunRenderer(
  Widget: SharedModules["widgets"]["Widget"],
  session: SessionContext | undefined,
): Renderer {
  const node = document.createElement("div");
  const view = new RunView(node, session);
  const widget = new Widget({ node });
  widget.disposed.connect(() => view.dispose());
  return Object.assign(widget, { renderModel: (model: MimeModel) => view.render(model) });
}

class RunView {
  readonly #heading: RunHeading;
  readonly #plot: RunPlot;
  readonly #connection: RunConnection | undefined;
  #model: MimeModel | undefined;
  #metadata: MetricsMetadata | undefined;
  #store = new RowStore(MAX_ROWS);
  #endedRunId: string | undefined;
  #outcome: RunOutcome | undefined;

  constructor(node: HTMLElement, session: SessionContext | undefined) {
    node.classList.add("notebooster-run");
    node.style.cssText = "padding: 4px 8px 8px; box-sizing: border-box; width: 100%";
    this.#heading = new RunHeading(node);
    this.#plot = new RunPlot(node, () => this.#contents());
    this.#connection = session && new RunConnection(session, (update) => this.#receive(update));
  }

  /** Takes what the notebook holds; while the kernel is sending, only its ending is news. */
  async render(model: MimeModel): Promise<void> {
    const data = model.data[RUN_MIME] as RunModel;
    const { metadata, problem, snapshot } = data;
    const outcome = outcomeOf(data);
    this.#model = model;
    // The cell's output lags behind the kernel's messages, which may have brought the end already.
    if (!outcome && metadata.runId === this.#endedRunId) return;
    this.#metadata = { ...this.#metadata, ...metadata };
    const isLive = this.#connection?.isLive ?? false;
    if (outcome || !isLive) {
      this.#outcome = outcome;
      this.#heading.state(this.#outcome ?? "saved");
      this.#replace(() => rowsOfSnapshot(snapshot));
    }
    if (problem !== null) this.#heading.problem(problem);
    if (outcome === "finished") this.#connection?.stop();
    else if (!outcome) this.#connection?.follow(metadata.runId);
    this.#changed();
  }

  dispose(): void {
    this.#connection?.dispose();
    this.#plot.dispose();
  }

  #receive(update: RunUpdate): void {
    if (update.kind === "problem") this.#heading.problem(update.problem);
    if (update.kind === "state") this.#enter(update.state);
    if (update.kind === "snapshot") {
      this.#metadata = update.metadata;
      this.#replace(() => update.rows);
    }
    if (update.kind === "batch") for (const row of update.rows) this.#store.push(row);
    this.#changed();
  }

  #enter(state: RunState): void {
    this.#heading.state(state);
    this.#outcome = state === "live" || state === "saved" || state === "lost" ? undefined : state;
    const contents = this.#contents();
    if (!this.#outcome || !contents || !this.#model) return;
    if (state === "finished") this.#endedRunId = contents.metadata.runId;
    writeBack(this.#model, { ...contents, outcome: this.#outcome }).catch((error: unknown) =>
      this.#heading.problem(`The notebook does not hold the end of this run: ${error}`),
    );
  }

  #replace(rowsOf: () => ReturnType<typeof rowsOfSnapshot>): void {
    try {
      const store = new RowStore(MAX_ROWS);
      for (const row of rowsOf()) store.push(row);
      this.#store = store;
    } catch (error) {
      this.#heading.problem(error instanceof Error ? error.message : String(error));
    }
  }

  #contents() {
    const metadata = this.#metadata;
    return metadata && { rows: decimate(this.#store.rows(), MAX_POINTS), metadata };
  }

  #changed(): void {
    if (!this.#metadata) return;
    this.#heading.title(this.#metadata.title);
    this.#heading.summary(summaryLine(this.#store.rows(), this.#metadata, this.#outcome));
    this.#plot.draw();
  }
}
