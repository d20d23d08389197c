// V8's own collection of garbage, on request.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let gc: ((options?: { readonly type: "minor" }) => void) | undefined;

/** Collects what V8 allocated lately, or everything. */
export function collectGarbage(isFull: boolean): void {
  if (gc === undefined) {
    setFlagsFromString("--expose-gc");
    gc = runInNewContext("gc") as NonNullable<typeof gc>;
  }
  if (isFull) gc();
  else gc({ type: "minor" });
}
