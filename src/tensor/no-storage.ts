// Models whose numbers come from files are first built without memory, from names and shapes alone: what does not fit
// the files is found before anything is allocated.
import { whenCutOff } from "../host/index.js";

let isOpen = false;

/** Runs `build`; tensors that it makes without naming a device have a shape and no elements (device "meta"). */
export function withoutStorage<T>(build: () => T): T {
  const before = isOpen;
  isOpen = true;
  try {
    return build();
  } finally {
    isOpen = before;
  }
}

/** Options of a new tensor that are not named, if any. */
export function impliedOptions(): { readonly device: "meta" } | undefined {
  return isOpen ? META : undefined;
}

const META = { device: "meta" } as const;

whenCutOff(() => {
  isOpen = false;
  return undefined;
});
