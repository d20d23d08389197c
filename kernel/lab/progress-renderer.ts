// A progress bar in a notebook. While its cell runs the kernel replaces its output, unless the page was reloaded: a bar that
// hears nothing for a while then follows over a comm, and puts what it hears into the notebook.

import {
  PROGRESS_MIME,
  type ProgressModel,
  progressBundle,
  progressHtml,
} from "notebooster/report";
import type {
  Comm,
  CommMessage,
  MimeModel,
  Renderer,
  SessionContext,
  SharedModules,
} from "./jupyterlab-types.js";

const TARGET = "notebooster.progress";
/** A bar moves ten times a second; one that did not for so long may have lost its page. */
const SILENCE_MS = 2000;

/** A widget that draws bars; `session` is the notebook's, if it is in one. */
export function createProgressRenderer(
  Widget: SharedModules["widgets"]["Widget"],
  session: SessionContext | undefined,
): Renderer {
  const node = document.createElement("div");
  const bar = new ProgressView(node, session);
  const widget = new Widget({ node });
  widget.disposed.connect(() => bar.dispose());
  return Object.assign(widget, { renderModel: (model: MimeModel) => bar.render(model) });
}

class ProgressView {
  readonly #node: HTMLElement;
  readonly #session: SessionContext | undefined;
  readonly #onStatus = () => this.#follow();
  #model: MimeModel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #comm: Comm | undefined;

  constructor(node: HTMLElement, session: SessionContext | undefined) {
    this.#node = node;
    this.#session = session;
    node.classList.add("notebooster-progress");
    node.style.padding = "2px 8px";
    session?.statusChanged.connect(this.#onStatus);
  }

  async render(model: MimeModel): Promise<void> {
    this.#model = model;
    this.#draw(model.data[PROGRESS_MIME] as ProgressModel);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#follow(), SILENCE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#session?.statusChanged.disconnect(this.#onStatus);
    this.#leave();
  }

  #draw(state: ProgressModel): void {
    this.#node.innerHTML = progressHtml(state); // its texts are escaped there
    this.#node.dataset["count"] = String(state.count);
    this.#node.dataset["outcome"] = state.outcome ?? "";
  }

  #follow(): void {
    const model = this.#model?.data[PROGRESS_MIME] as ProgressModel | undefined;
    const kernel = this.#session?.session?.kernel;
    if (!model || model.outcome || this.#comm || !kernel?.handleComms) return;
    if (kernel.connectionStatus !== "connected") return;
    if (!["idle", "busy"].includes(kernel.status)) return;
    this.#comm = kernel.createComm(TARGET);
    this.#comm.onMsg = (message) => this.#receive(message);
    this.#comm.onClose = () => {
      this.#comm = undefined;
    };
    this.#comm.open({ id: model.id }).done.catch(() => undefined);
  }

  /** A kernel that does not know the bar is not the one that moved it. */
  #receive({ content }: CommMessage): void {
    const known = content.data["model"] as ProgressModel | null;
    const shown = this.#model?.data[PROGRESS_MIME] as ProgressModel | undefined;
    const state = known ?? (shown && { ...shown, outcome: "interrupted" as const });
    if (!state || !this.#model) return;
    this.#draw(state);
    if (!state.outcome) return;
    this.#leave();
    this.#model.setData({ data: { ...this.#model.data, ...progressBundle(state) } });
  }

  #leave(): void {
    const comm = this.#comm;
    this.#comm = undefined;
    if (!comm || comm.isDisposed) return;
    comm.onClose = () => undefined;
    comm.close().done.catch(() => undefined);
  }
}
