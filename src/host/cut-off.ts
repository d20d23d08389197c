// What an interrupt leaves open. V8 ends an interrupted cell without running its `finally` blocks and `using`
// declarations, so whoever changes something for the length of a block says here how it is put back: as a rule for
// state of the whole process, or as an effect that is open until it is closed. The host asks for it once the cell has
// ended and none of its functions is on the stack.
import { callback, kind, requireValue, text } from "../arguments/checks.js";
import { currentHost, type Restore } from "./host.js";

/** Something that is undone once, by closing it or as the last thing of a block that declares it with `using`. */
export interface OpenEffect extends Disposable {
  /** Undoes the effect; has none when called again. */
  close(): void;
  /** From now on it is undone by `close` alone, also when the cell that opened it is cut off: for what an object holds for long. */
  outliveCell(): void;
}

const FOREVER = Symbol("until it is closed");

/** The cells of open effects, undefined for those that end with the call that opened them; oldest first. */
const openEffects = new Map<OpenEffect, string | typeof FOREVER | undefined>();
let isFollowed = false;

/**
 * Has `restore` called whenever cells were cut off. Everything that lasts for one call only has ended by then; what
 * outlasts calls has ended if its cell is among the cut ones.
 */
export function whenCutOff(restore: Restore): void {
  requireValue("whenCutOff: restore", restore, callback);
  currentHost()?.whenCutOff?.(restore);
}

/** Something to be put back as a whole. */
export interface Restorable {
  restore(): void;
}

const aRestorable = kind<Restorable>(
  "an object with restore()",
  (value) => typeof (value as Partial<Restorable> | null)?.restore === "function",
);

let restorables: WeakRef<Restorable>[] = [];
let isRestored = false;

/** Has `object.restore` called whenever cells were cut off, as long as the object lives. */
export function restoreWhenCutOff(object: Restorable): void {
  requireValue("restoreWhenCutOff: object", object, aRestorable);
  restorables = restorables.filter((one) => one.deref() !== undefined);
  restorables.push(new WeakRef(object));
  if (isRestored) return;
  isRestored = true;
  whenCutOff(() => {
    for (const one of restorables) one.deref()?.restore();
  });
}

/** The cell whose code is running, or undefined outside of notebooks. */
export function currentCell(): string | undefined {
  return currentHost()?.currentCell;
}

/**
 * Notes an effect that lasts until it is closed; when a call or a cell that opened it is cut off it is closed as well.
 * @param lifetime "call": until the function returns that opened it; "cell": perhaps longer, held by an object
 */
export function openEffect(undo: () => void, lifetime: "call" | "cell" = "cell"): OpenEffect {
  requireValue("openEffect: undo", undo, callback);
  follow();
  const close = (): void => {
    if (openEffects.delete(effect)) undo();
  };
  const outliveCell = (): void => {
    if (openEffects.has(effect)) openEffects.set(effect, FOREVER);
  };
  const effect: OpenEffect = { close, outliveCell, [Symbol.dispose]: close };
  openEffects.set(effect, lifetime === "cell" ? currentCell() : undefined);
  return effect;
}

/** Runs `body`, which must be short, to its end before an interrupt takes effect: what it changes changes as a whole. */
export function wholly<T>(body: () => T): T {
  requireValue("wholly: body", body, callback);
  const host = currentHost();
  host?.holdInterrupts?.();
  try {
    return body();
  } finally {
    host?.releaseInterrupts?.();
  }
}

const halfDone: string[] = [];

/** Runs `body`, which leaves a thing half changed when it is cut off; the person then reads `note`, half a sentence. */
export function tellIfCutOff<T>(note: string, body: () => T): T {
  requireValue("tellIfCutOff: note", note, text);
  requireValue("tellIfCutOff: body", body, callback);
  follow();
  halfDone.push(note);
  try {
    return body();
  } finally {
    halfDone.pop();
  }
}

function follow(): void {
  if (isFollowed) return;
  isFollowed = true;
  whenCutOff((isCut) => {
    for (const [effect, cell] of [...openEffects].reverse()) {
      if (cell === FOREVER) continue;
      if (cell === undefined || isCut(cell)) effect.close();
    }
    return halfDone.splice(0)[0];
  });
}
