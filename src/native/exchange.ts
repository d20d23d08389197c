// The addon exchange.node (native/files/exchange.cc), which needs no libtorch.
import { createRequire } from "node:module";
import { addonFile } from "./load-addon.js";

interface Exchange {
  /** Has two names of one file system change places in one step. @returns 0, or the system's errno */
  exchange(one: string, other: string): number;
}

let loaded: Exchange | undefined;

/** Loaded when it is first needed. */
export function exchangeAddon(): Exchange {
  loaded ??= createRequire(import.meta.url)(addonFile("exchange")) as Exchange;
  return loaded;
}
