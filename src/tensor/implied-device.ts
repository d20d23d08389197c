// Where tensors are made that name no device.
import { whenCutOff } from "../host/index.js";
import type { DeviceName } from "./dtype.js";

interface Implied {
  readonly device: DeviceName;
}

let implied: Implied | undefined;

/** Runs `build`; tensors that it makes without naming a device are on this one. Undefined: where they would be anyway. */
export function onDevice<T>(device: DeviceName | undefined, build: () => T): T {
  const before = implied;
  if (device !== undefined) implied = { device };
  try {
    return build();
  } finally {
    implied = before;
  }
}

/** Options of a new tensor that are not named, if any. */
export function impliedOptions(): Implied | undefined {
  return implied;
}

whenCutOff(() => {
  implied = undefined;
});
