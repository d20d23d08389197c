// Wrong calls of `notebooster/host`.
import type { Calls } from "./scope.js";

export const HOST: Calls = {
  "host.openEffect(3)": "TypeError: openEffect: undo must be a function, got 3",
  "host.restoreWhenCutOff(3)":
    "TypeError: restoreWhenCutOff: object must be an object with restore(), got 3",
  "host.whenCutOff(3)": "TypeError: whenCutOff: restore must be a function, got 3",
  "host.wholly(3)": "TypeError: wholly: body must be a function, got 3",
  'host.tellIfCutOff("half a model")':
    "TypeError: tellIfCutOff: body must be a function, got undefined",
};
