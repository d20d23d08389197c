// The output of the cell in which a run began: live plot for our JupyterLab extension, with a picture and text for
// everything else. Replaced at most every 2 s, more rarely as the run grows long, and once more when it ends, so
// that a saved notebook shows the run without a kernel.

import type { MimeBundle, RunOutcome } from "notebooster/host";
import {
  decimate,
  type MetricsMetadata,
  type MetricsRow,
  plotlyFigure,
  runPicture,
  snapshotOf,
  summaryLine,
} from "notebooster/report";

export const RUN_MIME = "application/vnd.notebooster.run.v1+json";
const MAX_POINTS = 2000;
const MIN_REFRESH_MS = 2000;
const MAX_REFRESH_MS = 30_000;
/** A refresh costs about 0.1 s of one core: keep it under 5 % of the run. */
const REFRESH_SHARE = 20;

/** What there is to show of a run. */
export interface RunView {
  readonly rows: readonly MetricsRow[];
  readonly metadata: MetricsMetadata;
  /** How the run ended; undefined while it goes on. */
  readonly outcome: RunOutcome | undefined;
  /** What went wrong with recording, for people. */
  readonly problem: string | undefined;
}

export class RunDisplay {
  readonly #show: (bundle: MimeBundle, update: boolean) => void;
  readonly #view: () => RunView;
  readonly #startMs = performance.now();
  /** Counts changes; the output shows the run as it was at change `#shown`. */
  #changes = 0;
  #shown = 0;
  #isPlaced: boolean = false;
  #timer: NodeJS.Timeout | undefined;
  #drawing: Promise<void> | undefined;
  #drawnMs = performance.now();

  constructor(view: () => RunView, show: (bundle: MimeBundle, update: boolean) => void) {
    this.#view = view;
    this.#show = show;
  }

  /** Adds the output below those that the cell has so far, unless it stands already: at the latest its first picture adds it. */
  place(): void {
    if (this.#isPlaced) return;
    this.#isPlaced = true;
    this.#show(textBundle(this.#view()), false);
  }

  /** Notes that the run changed; the output follows when it is due. */
  change(): void {
    this.#changes++;
    this.#schedule();
  }

  /** Notes that the run ended; the output follows at once. */
  finish(): void {
    this.#changes++;
    void this.settle();
  }

  /** Resolves when the output shows the run as it is now. */
  async settle(): Promise<void> {
    this.place();
    while (this.#drawing || this.#shown < this.#changes) await this.#draw();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#draw();
    }, this.#dueInMs()).unref();
  }

  /** Draws the run as it is now, or waits for the drawing under way. */
  async #draw(): Promise<void> {
    this.#drawing ??= this.#redraw();
    await this.#drawing;
    if (this.#shown < this.#changes) this.#schedule();
  }

  async #redraw(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = this.#changes;
    this.place();
    try {
      this.#show(await pictureBundle(this.#view()), true);
    } finally {
      this.#drawnMs = performance.now();
      this.#drawing = undefined;
    }
  }

  #dueInMs(): number {
    const ageMs = performance.now() - this.#startMs;
    const periodMs = Math.min(MAX_REFRESH_MS, Math.max(MIN_REFRESH_MS, ageMs / REFRESH_SHARE));
    return Math.max(0, this.#drawnMs + periodMs - performance.now());
  }
}

function textBundle({ rows, metadata, outcome, problem }: RunView): MimeBundle {
  const lines = [`${metadata.title}: ${summaryLine(rows, metadata, outcome)}`, problem];
  const state = {
    ...{ finished: outcome !== undefined, outcome: outcome ?? null },
    problem: problem ?? null,
  };
  return {
    [RUN_MIME]: { metadata, ...state, snapshot: snapshotOf(rows) },
    "text/plain": lines.filter(Boolean).join("\n"),
  };
}

async function pictureBundle(view: RunView): Promise<MimeBundle> {
  const rows = decimate(view.rows, MAX_POINTS);
  const bundle = { ...textBundle({ ...view, rows }) };
  try {
    const png = await runPicture(rows, view.metadata, view.outcome);
    bundle["image/png"] = Buffer.from(png).toString("base64");
  } catch (error) {
    bundle["text/plain"] +=
      `\nno picture: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (view.outcome === undefined) return bundle;
  return {
    ...bundle,
    "application/vnd.plotly.v1+json": plotlyFigure(decimate(rows, 400), view.metadata),
  };
}
