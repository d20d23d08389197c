// A page that is opened or reloaded while the kernel runs asks once for everything that is there.

import { currentHost, type HostComm } from "../host/index.js";
import { type Path, takeBuffers } from "./buffers.js";
import { openWidgets } from "./widget.js";

const CONTROL_TARGET = "jupyter.widget.control";

/** Answers pages from now on. */
export function answerPages(): void {
  const host = currentHost();
  if (host?.rank !== 0) return;
  host.comms.register(CONTROL_TARGET, (comm) => {
    comm.onMessage((message) => {
      if ((message as { method?: unknown }).method === "request_states") sendStates(comm);
    });
  });
}

function sendStates(comm: HostComm): void {
  const states = [...openWidgets()].map(([id, widget]) => {
    const state = widget.state();
    const {
      _model_module: model_module,
      _model_module_version: model_module_version,
      _model_name: model_name,
    } = state;
    return [id, { model_module, model_module_version, model_name, state }];
  });
  const { json, paths, buffers } = takeBuffers(Object.fromEntries(states));
  const data: { method: string; states: unknown; buffer_paths: Path[] } = {
    ...{ method: "update_states", states: json, buffer_paths: paths },
  };
  comm.send(data, buffers);
}
