// Whether operators record what backward() needs.
import { callback, refusePromise, requireValue } from "../arguments/checks.js";
import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";
import { scoped } from "./scope.js";

/** Runs `body` without recording gradients, in a scope of its own; tensors it returns live on. */
export function noGrad<T>(body: () => T): T {
  requireValue("noGrad: body", body, callback);
  return withGradMode(false, () =>
    scoped(() => {
      const result = body();
      refusePromise("noGrad", result);
      return result;
    }),
  );
}

/** True while operators on tensors that require gradients are recorded. */
export function isGradEnabled(): boolean {
  return native.gradEnabled();
}

/** Runs `body` with or without recording, whatever the mode is. */
export function withGradMode<T>(enabled: boolean, body: () => T): T {
  const before = native.gradEnabled();
  native.setGradEnabled(enabled);
  try {
    return body();
  } finally {
    native.setGradEnabled(before);
  }
}

whenCutOff(() => {
  native.setGradEnabled(true); // as between all calls
});
