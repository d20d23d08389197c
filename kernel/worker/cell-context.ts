// Which cell the running JavaScript belongs to, through promises and timers, so that late output lands in
// the cell that started it. AsyncLocalStorage would do the same, but on Node 20 its hooks push async ids
// around every promise job, and terminating such a job (an interrupt) then aborts the process.

import { promiseHooks } from "node:v8";

const CELL = Symbol("notebooster.cell");

type Tagged = Promise<unknown> & { [CELL]?: string | undefined };
type Callback = (...values: unknown[]) => unknown;

let current: string | undefined;
let latest = "";
const interrupted: (string | undefined)[] = [];

/** The cell whose code is running, or the latest one started when nothing tells. */
export function currentCell(): string {
  return current ?? latest;
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

/** Follows cells through promises, timers, immediates, ticks and microtasks from now on. */
export function trackCells(): void {
  promiseHooks.createHook({
    init: (promise: Tagged) => {
      promise[CELL] = current;
    },
    before: (promise: Tagged) => {
      interrupted.push(current);
      current = promise[CELL];
    },
    after: () => {
      current = interrupted.pop();
    },
  });
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    bindCallback(globalThis, name);
  }
  bindCallback(process, "nextTick");
}

function runIn<T>(cell: string | undefined, action: () => T): T {
  const before = current;
  current = cell;
  try {
    return action();
  } finally {
    current = before;
  }
}

function bindCallback<K extends string>(owner: Record<K, unknown> | object, name: K): void {
  const target = owner as Record<K, Callback>;
  const schedule = target[name];
  const bound = (callback: unknown, ...rest: unknown[]): unknown => {
    if (typeof callback !== "function") return schedule.call(owner, callback, ...rest);
    const cell = current;
    return schedule.call(
      owner,
      (...values: unknown[]) => runIn(cell, () => callback(...values)),
      ...rest,
    );
  };
  // util.promisify(setTimeout) and friends read their own symbols from the function
  target[name] = Object.defineProperties(
    bound,
    Object.getOwnPropertyDescriptors(schedule),
  ) as Callback;
}
