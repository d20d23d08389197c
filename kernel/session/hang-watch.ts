// Names ranks that hang while a cell runs: those whose process does not answer, and those that the others wait for in a
// collective. Each rank's second thread is asked once a second; what takes as long as steps have taken is no hang.

import { readFileSync } from "node:fs";
import { abandonedCollective, type Ended, type Entered, parseNote } from "./abandoned.js";
import type { CellRun } from "./cell-run.js";
import type { Rank } from "./rank.js";

const PERIOD_MS = 1000;
/** At least this long nothing is said (NOTEBOOSTER_HANG_LIMIT_MS). */
const DEFAULT_LIMIT_MS = 30_000;
/** Nor before this many times the longest step. */
const NUM_STEPS = 3;

interface Pulse {
  /** Its last collective, and since when. */
  note: string;
  noteAt: number;
  answeredAt: number;
}

export class HangWatch {
  readonly #running: () => readonly CellRun[];
  readonly #ended: () => readonly Ended[];
  readonly #leastMs = Number(process.env["NOTEBOOSTER_HANG_LIMIT_MS"]) || DEFAULT_LIMIT_MS;
  readonly #pulses = new Map<Rank, Pulse>();
  readonly #told = new Set<string>();
  #longestStepMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param ended ranks that run no cell */
  constructor(running: () => readonly CellRun[], ended: () => readonly Ended[]) {
    this.#running = running;
    this.#ended = ended;
  }

  /** What takes longer is a hang, in ms. */
  get limitMs(): number {
    return Math.max(this.#leastMs, NUM_STEPS * this.#longestStepMs);
  }

  /** To be called when cells begin to run; it looks as long as some do. */
  begin(): void {
    this.#told.clear();
    const now = performance.now();
    for (const [rank, pulse] of this.#pulses) {
      Object.assign(pulse, { noteAt: now, answeredAt: now });
      if (!rank.isAlive) this.#pulses.delete(rank);
    }
    this.#timer ??= setInterval(() => void this.#look(), PERIOD_MS);
  }

  async #look(): Promise<void> {
    const runs = this.#running();
    if (runs.length === 0) return this.#rest();
    const ranks = [...new Set(runs.flatMap(({ pending }) => pending))];
    const idle = this.#ended().map(({ rank }) => rank);
    await Promise.all([...ranks, ...idle].map((rank) => this.#feel(rank)));
    this.#endAbandoned();
    const found = [...ranks.map((rank) => this.#silent(rank)), this.#awaited(ranks)];
    for (const text of found) {
      if (text === undefined || this.#told.has(text.what)) continue;
      this.#told.add(text.what);
      for (const run of this.#running()) run.say(text.sentence);
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #feel(rank: Rank): Promise<void> {
    const note = await rank.control.lastCollective();
    const now = performance.now();
    const pulse = this.#pulses.get(rank) ?? { note: note ?? "", noteAt: now, answeredAt: now };
    this.#pulses.set(rank, pulse);
    if (note === undefined) return;
    pulse.answeredAt = now;
    if (note === pulse.note) return;
    if (pulse.note !== "") this.#longestStepMs = Math.max(this.#longestStepMs, now - pulse.noteAt);
    pulse.note = note;
    pulse.noteAt = now;
  }

  /** Ends collectives that lack a rank whose cell has ended. */
  #endAbandoned(): void {
    const ended = this.#ended().map((each) => ({ ...each, place: this.#placeOf(each.rank) }));
    for (const run of this.#running()) {
      const waiting = run.pending.map((rank) => this.#placeOf(rank));
      const why = abandonedCollective(waiting, ended, {
        generation: run.generation,
        ranks: run.ranks.map(({ rank }) => rank),
        limitMs: this.limitMs,
      });
      if (why !== undefined) run.disconnect(why);
    }
  }

  /** A rank whose second thread does not answer. */
  #silent(rank: Rank): Finding | undefined {
    const { answeredAt } = this.#pulses.get(rank) ?? { answeredAt: performance.now() };
    const ms = performance.now() - answeredAt;
    if (ms < this.limitMs) return undefined;
    const who = `rank ${rank.rank} (pid ${rank.pid})`;
    const sentence = `${who} has not answered for ${seconds(ms)}: ${stateOf(rank.pid)}`;
    return { what: `silent ${rank.pid}`, sentence };
  }

  /** Ranks that answer, but are elsewhere while another waits in a collective. */
  #awaited(ranks: readonly Rank[]): Finding | undefined {
    const places = ranks.map((rank) => this.#placeOf(rank));
    const [first] = places.toSorted((a, b) => b.number - a.number);
    if (first === undefined || first.number === 0) return undefined;
    const isElsewhere = ({ group, call, number }: Place): boolean =>
      (group === first.group || group === "") && number <= first.number && call !== first.call;
    const others = places.filter((place) => place.answers && isElsewhere(place));
    const ms = performance.now() - Math.max(...places.map(({ noteAt }) => noteAt));
    if (others.length === 0 || ms < this.limitMs) return undefined;
    const who = others.map(({ rank, pid, call }) => `rank ${rank} (pid ${pid}; its last: ${call})`);
    const what = `${first.call} of group ${first.group}`;
    const sentence = `rank ${first.rank} has been in ${what} for ${seconds(ms)}; not there: ${who.join(", ")}`;
    return { what, sentence };
  }

  #placeOf(rank: Rank): Place {
    const now = performance.now();
    const { note = "", noteAt = now, answeredAt = now } = this.#pulses.get(rank) ?? {};
    const answers = now - answeredAt < this.limitMs;
    return { rank: rank.rank, pid: rank.pid, noteAt, answers, ...parseNote(note) };
  }
}

/** Which collective a rank entered last. */
interface Place extends Entered {
  readonly pid: number;
  readonly answers: boolean;
}

interface Finding {
  /** The same while it lasts. */
  readonly what: string;
  readonly sentence: string;
}

/** What the system says of a process that does not answer. */
function stateOf(pid: number): string {
  try {
    const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    if (state === "T") return `its process is stopped; kill -CONT ${pid} lets it go on`;
    if (state === "D") return "its process waits for a disk or a driver";
  } catch {
    // another system, or the process has just ended
  }
  return "its process hangs";
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
