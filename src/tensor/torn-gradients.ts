// Gradients of a cell that was cut off are dropped: it may have added to some of them and not to others, or to all and not
// made the step they were for, and a step made with them later would be wrong without anybody seeing it. Gradients that were
// there when the cell first went backward and have not been written since stay.

import { currentCell, whenCutOff } from "../host/index.js";
import { type Handle, native } from "../native/native.js";
import { gradientVersions } from "./gradient-writes.js";

/** Cells that go backward at the same time, one of each shell, are fewer than this. */
const MAX_CELLS = 8;

/** By cell, latest last: address and version of each gradient when its first backward pass began. */
const before = new Map<string, ReadonlyMap<Handle, string>>();

/** To be called before gradients are written. */
export function noteGradients(): void {
  const cell = currentCell();
  if (cell === undefined || before.has(cell)) return;
  const [oldest] = before.keys();
  if (before.size === MAX_CELLS && oldest !== undefined) before.delete(oldest);
  before.set(cell, gradientVersions());
}

whenCutOff((isCut) => {
  const written = new Set<Handle>();
  for (const [cell, states] of before) {
    if (!isCut(cell)) continue;
    before.delete(cell);
    for (const [handle, state] of gradientVersions())
      if (states.get(handle) !== state) written.add(handle);
  }
  for (const handle of written) native.setGrad(handle, undefined);
  if (written.size === 0) return undefined;
  return `the step under way was given up and its gradients, of ${written.size} tensors, were dropped`;
});
