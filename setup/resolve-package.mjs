// Preloaded by `notebooster exec`: lets a program anywhere on the disk `import ... from "notebooster"`.
// The same file registers the hook (main thread) and is the hook (Node's loader thread).
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

const ours = /^notebooster(\/|$)/;

/** Node's resolve hook: our own package's name is looked up as if from inside this folder. */
export function resolve(specifier, context, nextResolve) {
  const parentURL = ours.test(specifier) ? import.meta.url : context.parentURL;
  return nextResolve(specifier, { ...context, parentURL });
}

if (isMainThread) register(import.meta.url);
