// Names of a CommonJS package as exports: Node has those that a glance at the package's text tells, TypeScript and bundlers
// take every property of what was exported, so that `import { chunk } from "lodash"` works.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Namespace } from "./local-module.js";

const { cache } = createRequire(import.meta.url);
const wrapped = new WeakMap<Namespace, Namespace>();

/** The namespace of the module at `url`, with more names than Node gives it where that misses some. */
export function withCommonJsNames(module: Namespace, url: string): Namespace {
  if (!url.startsWith("file:") || cache[fileURLToPath(url)] === undefined) return module;
  const exported = module["default"];
  if (exported === null || !["object", "function"].includes(typeof exported)) return module;
  if (Object.keys(exported as object).every((name) => name in module)) return module;
  const known = wrapped.get(module);
  if (known !== undefined) return known;
  // by way of the prototype no getter is run that nobody asks for
  const names = Object.getOwnPropertyDescriptors(module);
  const whole = Object.create(exported as object, names) as Namespace;
  wrapped.set(module, whole);
  return whole;
}
