// Which cell the running JavaScript belongs to, through promises, timers, callbacks and events, so that late output lands
// in the cell that started it. AsyncLocalStorage would do the same, but on Node 20 its hooks push async ids around every
// promise job, and terminating such a job (an interrupt) then aborts the process.

import { EventEmitter } from "node:events";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { promiseHooks } from "node:v8";
import { cellOf, tagWithCell } from "./cell-tag.js";

type Callback = (...values: unknown[]) => unknown;
type Method = (this: unknown, ...values: unknown[]) => unknown;

/** Modules whose functions take a callback as their last argument. */
const CALLBACK_MODULES = ["fs", "dns", "crypto", "zlib"];
/** Their listeners are known by identity, and their events come through an emitter anyway. */
const LEFT_AS_THEY_ARE = /^(watch|watchFile|unwatchFile)$/;
const LISTENING = ["on", "addListener", "prependListener", "once", "prependOnceListener"] as const;

let current: string | undefined;
let latest = "";
/** Whose code ran last; it may be an earlier one than the latest. */
let last = "";
const interrupted: (string | undefined)[] = [];

/** The cell whose code is running, or the latest one started when nothing tells. */
export function currentCell(): string {
  return current ?? latest;
}

/** The cell whose code ran last, as when JavaScript was ended: perhaps between two of its promise jobs. */
export function lastCell(): string {
  return current ?? last;
}

/** Runs `action` as part of `cell`, which becomes the latest cell. */
export function enterCell<T>(cell: string, action: () => T): T {
  latest = cell;
  return runIn(cell, action);
}

/** Forgets the jobs under way: after a termination their `after` hooks never run. */
export function resetContext(): void {
  interrupted.length = 0;
  current = undefined;
}

/** Follows cells through everything that calls back later, from now on. */
export function trackCells(): void {
  promiseHooks.createHook({
    init: (promise: object) => {
      if (current !== undefined) tagWithCell(promise, current);
    },
    before: (promise: object) => {
      interrupted.push(current);
      current = cellOf(promise);
      last = current ?? last;
    },
    after: () => {
      current = interrupted.pop();
    },
  });
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    replace(globalThis, name, (schedule) => bindArgument(schedule, () => 0));
  }
  replace(process, "nextTick", (schedule) => bindArgument(schedule, () => 0));
  followCallbacks();
  followEvents();
}

/** Runs `action` as part of `cell`, whatever the latest cell is. */
export function runIn<T>(cell: string | undefined, action: () => T): T {
  const before = current;
  current = cell;
  last = cell ?? last;
  try {
    return action();
  } finally {
    current = before;
  }
}

/** Callbacks of the system's own modules, such as `readFile(path, callback)`. */
function followCallbacks(): void {
  const require = createRequire(import.meta.url);
  for (const id of CALLBACK_MODULES) {
    const module = require(`node:${id}`) as Record<string, unknown>;
    const members = Object.entries(Object.getOwnPropertyDescriptors(module));
    for (const [name, { value, writable }] of members) {
      if (
        typeof value !== "function" ||
        writable !== true ||
        !/^[a-z]/.test(name) ||
        name.endsWith("Sync")
      )
        continue;
      if (LEFT_AS_THEY_ARE.test(name)) continue;
      replace(module, name, (original) => bindArgument(original, (values) => values.length - 1));
    }
  }
  syncBuiltinESMExports();
}

/** Listeners of sockets, streams and child processes: an emitter belongs to the cell that listened last. */
function followEvents(): void {
  const { prototype } = EventEmitter;
  for (const name of LISTENING) {
    replace(prototype, name, (listen) => {
      return function (this: unknown, ...values: unknown[]): unknown {
        if (current !== undefined && this !== process) tagWithCell(this as object, current);
        return listen.apply(this, values);
      };
    });
  }
  replace(prototype, "emit", (emit) => {
    return function (this: unknown, ...values: unknown[]): unknown {
      const cell = current ?? cellOf(this as object);
      return cell === current
        ? emit.apply(this, values)
        : runIn(cell, () => emit.apply(this, values));
    };
  });
}

/** `original` with the function among its arguments, at the index that `at` names, run in the calling cell. */
function bindArgument(original: Method, at: (values: readonly unknown[]) => number): Method {
  return function (this: unknown, ...values: unknown[]): unknown {
    const index = at(values);
    const callback = values[index] as Callback;
    const cell = current;
    if (typeof callback === "function" && cell !== undefined) {
      values[index] = function (this: unknown, ...results: unknown[]): unknown {
        return runIn(cell, () => callback.apply(this, results));
      };
    }
    return original.apply(this, values);
  };
}

function replace(owner: object, name: string, change: (original: Method) => Method): void {
  const methods = owner as Record<string, Method>;
  const original = methods[name] as Method;
  // util.promisify(setTimeout) and friends read their own symbols from the function
  const properties = Object.getOwnPropertyDescriptors(original);
  methods[name] = Object.defineProperties(change(original), properties);
}
