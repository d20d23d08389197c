// Widgets of an executed notebook as its metadata keeps them, so that it shows them when it is opened without its kernel,
// and as they stand, for viewers without widgets.
// Format: application/vnd.jupyter.widget-state+json 2.0 (ipywidgets packages/schema).

import { stillHtml, stillText } from "notebooster/report";
import type { Message } from "../wire/message.js";

type Path = readonly (string | number)[];

interface Model {
  readonly state: Record<string, unknown>;
  readonly buffers: Map<string, { readonly path: Path; readonly data: string }>;
}

interface Change {
  readonly method?: string;
  readonly state?: Record<string, unknown>;
  readonly buffer_paths?: readonly Path[];
}

const TARGET = "jupyter.widget";
const VIEW = "application/vnd.jupyter.widget-view+json";
const TYPE = "application/vnd.jupyter.widget-state+json";

export class WidgetState {
  readonly #models = new Map<string, Model>();

  /** Whether the notebook has any. */
  get isEmpty(): boolean {
    return this.#models.size === 0;
  }

  /** Notes what one IOPub message says about widgets. */
  add({ header, content, buffers }: Message): void {
    const id = String(content["comm_id"]);
    const change = (content["data"] ?? {}) as Change;
    if (header.msg_type === "comm_open" && content["target_name"] === TARGET) {
      this.#models.set(id, { state: {}, buffers: new Map() });
      this.#apply(id, change, buffers);
    } else if (header.msg_type === "comm_msg" && change.method === "update") {
      this.#apply(id, change, buffers);
    } else if (header.msg_type === "comm_close") this.#models.delete(id);
  }

  /** Brings what viewers without widgets show to the state that each widget has now; `data` is an output's bundle. */
  refresh(data: Record<string, unknown>): void {
    const { model_id: id } = (data[VIEW] ?? {}) as { model_id?: string };
    const states = (each: string) => this.#models.get(each)?.state;
    if (id === undefined || states(id) === undefined) return;
    data["text/plain"] = stillText(id, states);
    data["text/html"] = stillHtml(id, states);
  }

  /** For the notebook's metadata. */
  metadata(): Record<string, unknown> {
    const models = [...this.#models].map(([id, { state, buffers }]) => {
      const {
        _model_module: model_module,
        _model_module_version: model_module_version,
        _model_name: model_name,
      } = state;
      const encoded = [...buffers.values()].map((buffer) => ({ encoding: "base64", ...buffer }));
      const binary = encoded.length > 0 ? { buffers: encoded } : {};
      return [id, { model_module, model_module_version, model_name, state, ...binary }];
    });
    const state = Object.fromEntries(models) as Record<string, unknown>;
    return { widgets: { [TYPE]: { version_major: 2, version_minor: 0, state } } };
  }

  #apply(id: string, { state = {}, buffer_paths = [] }: Change, buffers: readonly Uint8Array[]) {
    const model = this.#models.get(id);
    if (model === undefined) return; // a comm of somebody else
    Object.assign(model.state, state);
    for (const [index, path] of buffer_paths.entries()) {
      const data = Buffer.from(buffers[index] ?? []).toString("base64");
      model.buffers.set(JSON.stringify(path), { path, data });
    }
  }
}
