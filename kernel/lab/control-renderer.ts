// Controls in a notebook without a kernel. The widget manager draws controls only once a kernel has told it of them, and
// says "Loading widget..." until then; here they are shown as they stood when the notebook was saved.

import { stillHtml } from "notebooster/report";
import type {
  MimeModel,
  NotebookPanel,
  Renderer,
  RendererFactory,
  SharedModules,
} from "./jupyterlab-types.js";

const VIEW_MIME = "application/vnd.jupyter.widget-view+json";
const STATE_MIME = "application/vnd.jupyter.widget-state+json";
/** As the widget manager's own. */
const MANAGERS_RANK = -10;

interface SavedControl {
  readonly model_name: string;
  /** Without what has its default, which may be the name. */
  readonly state: Readonly<Record<string, unknown>>;
}

interface SavedWidgets {
  readonly [STATE_MIME]?: {
    readonly state: Readonly<Record<string, SavedControl>>;
  };
}

/** Shows still controls in `panel` until the widget manager, which waits for a kernel, puts its own renderer there. */
export function showStillControls(
  Panel: SharedModules["widgets"]["Panel"],
  panel: NotebookPanel,
): void {
  const { rendermime } = panel.content;
  const factory: RendererFactory = {
    safe: false, // what it becomes is not
    mimeTypes: [VIEW_MIME],
    defaultRank: MANAGERS_RANK,
    createRenderer: () => createControlRenderer(new Panel(), panel, isTaken),
  };
  const isTaken = (): boolean => rendermime.getFactory(VIEW_MIME) !== factory;
  if (isTaken() && rendermime.getFactory(VIEW_MIME) !== undefined) rendermime.addFactory(factory);
}

/** `isTaken` says whether the widget manager has its renderer there. */
function createControlRenderer(
  holder: InstanceType<SharedModules["widgets"]["Panel"]>,
  panel: NotebookPanel,
  isTaken: () => boolean,
): Renderer {
  const { sessionContext, content } = panel;
  let shown: Renderer | undefined;
  let isLive = false;
  const show = (type: string, model: MimeModel): Promise<void> => {
    shown?.dispose();
    shown = content.rendermime.createRenderer(type);
    holder.addWidget(shown);
    return shown.renderModel(model);
  };
  const renderModel = (model: MimeModel): Promise<void> => {
    const goLive = async (): Promise<void> => {
      await sessionContext.ready;
      await new Promise((resolve) => setTimeout(resolve)); // the manager has waited for the same
      if (isLive || !isTaken() || holder.isDisposed) return;
      isLive = true;
      sessionContext.kernelChanged.disconnect(begin);
      await show(VIEW_MIME, model);
    };
    const begin = (): void => void goLive();
    sessionContext.kernelChanged.connect(begin);
    holder.disposed.connect(() => sessionContext.kernelChanged.disconnect(begin));
    begin();
    const data = { "text/html": savedHtml(panel, model) };
    return show("text/html", content.rendermime.createModel({ data }));
  };
  return Object.assign(holder, { renderModel });
}

function savedHtml(panel: NotebookPanel, { data }: MimeModel): string {
  const { model_id: id } = data[VIEW_MIME] as { model_id: string };
  const saved = panel.context.model.getMetadata("widgets") as SavedWidgets | undefined;
  const states = saved?.[STATE_MIME]?.state ?? {};
  const stateOf = (each: string) => {
    const control = states[each];
    return control && { _model_name: control.model_name, ...control.state };
  };
  const html = stillHtml(id, stateOf) ?? data["text/html"];
  return [html ?? data["text/plain"]].flat().join("");
}
