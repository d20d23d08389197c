// The plugin: in every notebook, outputs of our run MIME type are drawn live over the notebook's kernel; anywhere else
// (a mirrored output, a console) from what was saved in them. Controls are shown also where there is no kernel.

import { PROGRESS_MIME } from "notebooster/report";
import { showStillControls } from "./control-renderer.js";
import type {
  NotebookPanel,
  NotebookTracker,
  Plugin,
  RendererFactory,
  RenderMimeRegistry,
  SessionContext,
  SharedModules,
} from "./jupyterlab-types.js";
import { createPlotlyRenderer, PLOTLY_MIME } from "./plotly-renderer.js";
import { createProgressRenderer } from "./progress-renderer.js";
import { RUN_MIME } from "./run-model.js";
import { createRunRenderer } from "./run-renderer.js";

export function createPlugins({ notebook, rendermime, widgets }: SharedModules): Plugin[] {
  const { Widget, Panel } = widgets;
  const runFactory = (session: SessionContext | undefined): RendererFactory => ({
    safe: true,
    mimeTypes: [RUN_MIME],
    defaultRank: -10,
    createRenderer: () => createRunRenderer(Widget, session),
  });
  const progressFactory = (session: SessionContext | undefined): RendererFactory => ({
    safe: true,
    mimeTypes: [PROGRESS_MIME],
    defaultRank: -10,
    createRenderer: () => createProgressRenderer(Widget, session),
  });
  const plotlyFactory: RendererFactory = {
    safe: true,
    mimeTypes: [PLOTLY_MIME],
    defaultRank: 5,
    createRenderer: () => createPlotlyRenderer(Widget),
  };
  return [
    {
      id: "notebooster-lab:controls",
      description: "Shows the controls of a notebook that has no kernel.",
      autoStart: true,
      requires: [notebook.INotebookTracker],
      activate: (_app, tracker) => {
        forEachPanel(tracker as NotebookTracker, (panel) => showStillControls(Panel, panel));
      },
    },
    {
      id: "notebooster-lab:runs",
      description: "Draws training runs of the Notebooster kernel while they train.",
      autoStart: true,
      requires: [rendermime.IRenderMimeRegistry, notebook.INotebookTracker],
      activate: (_app, registry, tracker) => {
        (registry as RenderMimeRegistry).addFactory(runFactory(undefined));
        (registry as RenderMimeRegistry).addFactory(progressFactory(undefined));
        (registry as RenderMimeRegistry).addFactory(plotlyFactory);
        forEachPanel(tracker as NotebookTracker, ({ content, sessionContext }) => {
          content.rendermime.addFactory(runFactory(sessionContext));
          content.rendermime.addFactory(progressFactory(sessionContext));
          content.rendermime.addFactory(plotlyFactory);
        });
      },
    },
  ];
}

function forEachPanel(tracker: NotebookTracker, visit: (panel: NotebookPanel) => void): void {
  tracker.forEach(visit);
  tracker.widgetAdded.connect((_tracker, panel) => visit(panel));
}
