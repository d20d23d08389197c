// Inputs of this session and of earlier ones, as history_request asks for them. Each session appends to a file of its
// own, one JSON line an input, so several kernels never share a file and what a killed kernel had run stays. The folder
// is NOTEBOOSTER_HISTORY ("off" keeps nothing), else notebooster/history in the XDG state folder.

import { appendFileSync, closeSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileProblem } from "../../src/files/file-error.js";
import { makeFolder } from "../../src/files/folder.js";
import { toJson } from "../wire/json.js";
import { matchesGlob } from "./glob.js";

export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly source: string;
  /** Text of the cell's result; known for this session only. */
  readonly output?: string | undefined;
}

export interface RangeQuery {
  /** 0 is this session, -1 the one before, and so on; a positive number names a session. */
  readonly session: number;
  readonly start: number;
  readonly stop: number | undefined;
}

const MAX_SESSIONS = 1000;
const FILE = /^(\d+)\.jsonl$/;
const HISTORY_FOLDER = { what: "history folder", problem: fileProblem, mode: 0o700 };
const PRIVATE_FILE = 0o600;

/** Folder of the history, or undefined when none is kept on disk. */
export function historyFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const wanted = environment["NOTEBOOSTER_HISTORY"];
  if (wanted === "off") return undefined;
  const state = environment["XDG_STATE_HOME"] || join(homedir(), ".local", "state");
  return wanted || join(state, "notebooster", "history");
}

export class History {
  readonly #warn: (problem: string) => void;
  readonly #own: HistoryEntry[] = [];
  readonly #outputs = new Map<number, string>();
  #folder: string | undefined;
  /** Milliseconds of its first input: unique, because the file is made under this name. */
  #session = Date.now();
  /** Descriptor of its file, open as long as the kernel lives. */
  #file: number | undefined;

  /** `warn` is told once when nothing can be written. */
  constructor(folder: string | undefined, warn: (problem: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  add(line: number, source: string): void {
    const file = this.#file ?? this.#create();
    this.#own.push({ session: this.#session, line, source });
    if (file === undefined) return;
    try {
      appendFileSync(file, `${toJson({ line, source })}\n`);
    } catch (failure) {
      this.#giveUp(failure);
    }
  }

  /** Remembers the result of input `line`. */
  setOutput(line: number, text: string): void {
    this.#outputs.set(line, text);
  }

  /** The last `count` inputs of all sessions. */
  tail(count: number): readonly HistoryEntry[] {
    const found: HistoryEntry[] = [];
    for (const session of this.#sessions().reverse()) {
      if (found.length >= count) break;
      found.unshift(...this.#read(session));
    }
    return count > 0 ? found.slice(-count) : [];
  }

  /** Inputs number `start` to `stop` of one session, the latter not included. */
  range({ session, start, stop }: RangeQuery): readonly HistoryEntry[] {
    const wanted = session > 0 ? session : this.#sessions().at(session - 1);
    if (wanted === undefined) return [];
    return this.#read(wanted).filter(
      ({ line }) => line >= start && (stop === undefined || line < stop),
    );
  }

  /** Inputs of all sessions that match a glob pattern of * and ?, the latest of equal ones when `unique`. */
  search(pattern: string, unique: boolean): readonly HistoryEntry[] {
    const found = this.#sessions()
      .flatMap((session) => this.#read(session))
      .filter(({ source }) => matchesGlob(source, pattern));
    if (!unique) return found;
    const last = new Map(found.map((entry, i) => [entry.source, i]));
    return found.filter(({ source }, i) => last.get(source) === i);
  }

  /** All sessions, oldest first, this one last. */
  #sessions(): number[] {
    const others = this.#filed().filter((session) => session !== this.#session);
    return [...others, this.#session];
  }

  #filed(): number[] {
    if (this.#folder === undefined) return [];
    try {
      const numbers = readdirSync(this.#folder).map((name) => Number(FILE.exec(name)?.[1]));
      return numbers.filter((session) => !Number.isNaN(session)).sort((a, b) => a - b);
    } catch {
      return []; // no session has been kept yet
    }
  }

  #read(session: number): readonly HistoryEntry[] {
    if (session === this.#session) {
      return this.#own.map((entry) => ({ ...entry, output: this.#outputs.get(entry.line) }));
    }
    const lines = this.#linesOf(session);
    return lines.flatMap((text) => {
      const entry = parseEntry(text);
      return entry === undefined ? [] : [{ ...entry, session }];
    });
  }

  #linesOf(session: number): string[] {
    try {
      return readFileSync(join(this.#folder ?? "", `${session}.jsonl`), "utf8").split("\n");
    } catch {
      return []; // asked for by a number that never was, or removed meanwhile by another kernel
    }
  }

  #create(): number | undefined {
    if (this.#folder === undefined) return undefined;
    try {
      makeFolder(this.#folder, HISTORY_FOLDER);
      for (const old of this.#filed().slice(0, -MAX_SESSIONS)) {
        rmSync(join(this.#folder, `${old}.jsonl`), { force: true });
      }
      this.#file = createUnder(this.#folder, () => `${this.#session++}.jsonl`);
      this.#session -= 1;
    } catch (failure) {
      this.#giveUp(failure);
    }
    return this.#file;
  }

  #giveUp(failure: unknown): void {
    this.#warn(`history is not kept on disk: ${(failure as Error).message}`);
    this.#folder = undefined;
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** Makes and opens the first file of `names` that nobody else has made. */
function createUnder(folder: string, nextName: () => string): number {
  for (;;) {
    try {
      return openSync(join(folder, nextName()), "ax", PRIVATE_FILE);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EEXIST") throw failure;
    }
  }
}

/** One line of a file; the last one of a killed kernel may be cut off. */
function parseEntry(text: string): Omit<HistoryEntry, "session"> | undefined {
  if (text === "") return undefined;
  try {
    const { line, source } = JSON.parse(text) as { line: unknown; source: unknown };
    return typeof line === "number" && typeof source === "string" ? { line, source } : undefined;
  } catch {
    return undefined;
  }
}
