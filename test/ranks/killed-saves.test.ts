// A training that saves in the background is killed again and again, at random instants, on any rank or on all, under every plugin; each
// life goes on from what the one before has left. What can be loaded has the numbers of its step to the bit, what was told to be saved is
// there, and nothing else stays. A sample; 200 kills a plugin by npm run test:matrix.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Killed, Killer } from "../fixtures/faults/kills.js";
import { faultsLibrary, forkAddon } from "../fixtures/faults/library.js";
import { isMatrix, tries } from "../fixtures/matrix.js";
import { sharedFolderInMemory } from "../fixtures/scratch.js";

/** When a rank is killed: by the clock, or before one of its calls that change a file. */
type Kill = { readonly afterUs: number } | { readonly at: number } | null;

interface Kills {
  readonly kills: readonly Kill[];
  /** Counted from before the checkpoint is loaded. */
  readonly isEarly: boolean;
}

/** As killed-training.mjs takes it. */
interface Life extends Killed, Kills {
  readonly plugin: string;
  readonly keep: number | undefined;
  readonly steps: number;
  readonly report: string;
  readonly saved: string;
  readonly calls?: string;
  readonly isFirst?: boolean;
}

interface Report {
  /** What it went on from. */
  readonly step: number;
  /** Of all weights and all state that were loaded; null where nothing was. */
  readonly digest: string | null;
  /** What was in the folder then. */
  readonly names: readonly string[];
  readonly digests: Readonly<Record<number, string>>;
  readonly ms: number;
}

const PLUGINS = ["DDP", "ZeRO 1", "ZeRO 2", "FSDP", "Gemini", "Gemini auto"];
/** One that shares state alone, and one that shares weights, too, and has state on the host. */
const SAMPLE = ["ZeRO 1", "Gemini"];
const NUM_KILLS = tries(2, 200);
const NUM_RANKS = 2;
/** Steps of a life, every second of which is saved, and after how many the training begins anew. */
const [STEPS, LAST_STEP] = isMatrix ? [6, 48] : [4, 8];
const KEEP = 2;
const TIMEOUT_MS = isMatrix ? 3_600_000 : 120_000;
const SEED = Number(process.env["NOTEBOOSTER_TEST_SEED"] ?? Date.now() % 100_000);
const SIGKILL = 9;
const UNDISTURBED: Kills = { kills: Array.from({ length: NUM_RANKS }, () => null), isEarly: false };
const TEMPORARY = /^\..+\.(new|gone|lock)-\d+-/;

const library = faultsLibrary();
const addon = forkAddon();
const scratch = sharedFolderInMemory();
let killer: Killer<Life>;

beforeAll(() => {
  killer = new Killer("killed-training.mjs", { library, addon, folder: scratch });
});

afterAll(() => killer.close());

test.each(isMatrix ? PLUGINS : SAMPLE)(
  `%s: after each of ${NUM_KILLS} kills what stands is whole, what was told to be saved is there, and leftovers go`,
  { timeout: TIMEOUT_MS },
  async (plugin) => {
    const lives = new Lives(plugin, SEED);
    await lives.measure();
    while (lives.numKilled < NUM_KILLS) await lives.killed();
    await lives.last();
    if (isMatrix) process.stdout.write(`${plugin}: ${JSON.stringify(lives.seen)}\n`);
  },
);

/** One life after the other of a training. */
class Lives {
  /** What kills left. */
  readonly seen = {
    lives: 0,
    first: 0,
    second: 0,
    all: 0,
    leftovers: 0,
    unannounced: 0,
    unread: 0,
  };
  readonly #of: string;
  readonly #life: Omit<Life, "kills" | "isEarly">;
  readonly #random: () => number;
  #digests: Readonly<Record<number, string>> = {};
  #numCalls = 0;
  #us = 0;

  constructor(plugin: string, seed: number) {
    this.#of = path.join(scratch, plugin.replaceAll(" ", "-"));
    this.#random = randomFrom(seed);
    const [root, report, saved] = [this.#of, `${this.#of}-report`, `${this.#of}-saved`];
    this.#life = {
      plugin,
      root,
      report,
      saved,
      ...{ numRanks: NUM_RANKS, keep: KEEP, steps: STEPS },
    };
  }

  get numKilled(): number {
    return this.seen.first + this.seen.second + this.seen.all;
  }

  /** Trains to the end undisturbed: the folders and the numbers that others are compared with. */
  async measure(): Promise<void> {
    const [root, calls, steps] = [`${this.#of}-whole`, `${this.#of}-calls`, LAST_STEP + STEPS];
    const more = { root, calls, steps, keep: undefined, isFirst: true };
    await killer.kill({ ...this.#life, ...more, ...UNDISTURBED });
    const { digests, ms } = this.#reports()[0] as Report;
    this.#digests = digests;
    this.#us = (1000 * ms * STEPS) / steps;
    const numCalls = fs.readFileSync(`${calls}-0`, "utf8").split("\n").length;
    this.#numCalls = (numCalls * STEPS) / steps;
    this.#begin();
  }

  /** A life in which somebody is to be killed. */
  async killed(): Promise<void> {
    const { root, plugin } = this.#life;
    if (latestIn(root) >= LAST_STEP) this.#begin();
    const kills = this.#drawn();
    const where = `${plugin}, seed ${SEED}, life ${this.seen.lives}: ${JSON.stringify(kills)}`;
    const signals = await this.#lived(kills, where);
    this.#requireSound(signals, where);
    this.#count(signals);
  }

  async last(): Promise<void> {
    await this.#lived(UNDISTURBED, `${this.#life.plugin}, seed ${SEED}, at the end`);
  }

  #begin(): void {
    for (const each of [this.#life.root, this.#life.saved])
      fs.rmSync(each, { recursive: true, force: true });
  }

  /** One rank, the other, both at an instant of their own, or both at one. */
  #drawn(): Kills {
    const who = this.#below(4);
    const isEarly = this.#below(5) === 0;
    const one = this.#kill();
    const kills =
      who === 3 ? [one, one] : [who === 1 ? null : one, who === 0 ? null : this.#kill()];
    return { kills, isEarly };
  }

  #kill(): Kill {
    if (this.#below(2) === 0) return { afterUs: this.#below(this.#us) };
    return { at: 1 + this.#below(this.#numCalls) };
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  /** The next life finds what stood before it. @returns the signals that ended its ranks */
  async #lived(kills: Kills, where: string): Promise<readonly number[]> {
    const { root, report } = this.#life;
    const [stood, step] = [namesIn(root).filter((name) => !TEMPORARY.test(name)), latestIn(root)];
    for (let rank = 0; rank < NUM_RANKS; rank++) fs.rmSync(`${report}-${rank}`, { force: true });
    const signals = await killer.kill({ ...this.#life, ...kills });
    for (const signal of signals)
      expect([0, SIGKILL], `${where}\n${killer.errors}`).toContain(signal);
    const reports = this.#reports();
    if (!kills.isEarly) expect(reports, `${where}\n${killer.errors}`).toHaveLength(NUM_RANKS);
    for (const found of reports) {
      expect(found.step, where).toBe(step);
      expect(found.digest, where).toBe(step === 0 ? null : this.#digests[step]);
      if (step > 0) expect(found.names, `${where}: nothing is left over`).toEqual(stood);
    }
    this.seen.unread += reports.length === NUM_RANKS ? 0 : 1;
    return signals;
  }

  #requireSound(signals: readonly number[], where: string): void {
    const { root, saved } = this.#life;
    const [names, latest] = [namesIn(root), latestIn(root)];
    const others = names.filter((name) => name !== "latest" && !name.startsWith("step-"));
    expect(
      others.filter((name) => !TEMPORARY.test(name)),
      where,
    ).toEqual([]);
    if (signals[0] === 0)
      expect(
        others,
        `${where}: whom the first rank outlives it clears up after\n${killer.errors.slice(-2000)}`,
      ).toEqual([]);
    const told = fs.existsSync(saved)
      ? fs.readFileSync(saved, "utf8").trim().split("\n").map(Number)
      : [];
    expect(latest, where).toBeGreaterThanOrEqual(Math.max(0, ...told));
    const kept = Array.from({ length: KEEP + 1 }, (_, i) => latest - 2 * i).filter(
      (step) => step > 0,
    );
    const steps = names.filter((name) => name.startsWith("step-"));
    expect(steps, where).toEqual(expect.arrayContaining(kept.map(nameOf)));
    for (const name of steps)
      expect(bytesIn(path.join(root, name)), `${where}: ${name}`).toEqual(
        bytesIn(path.join(`${root}-whole`, name)),
      );
    this.seen.leftovers += others.length > 0 ? 1 : 0;
    this.seen.unannounced += steps.some((name) => name > nameOf(latest)) ? 1 : 0;
  }

  #count([first, second]: readonly number[]): void {
    this.seen.lives += 1;
    if (first && second) this.seen.all += 1;
    else if (first) this.seen.first += 1;
    else if (second) this.seen.second += 1;
  }

  #reports(): Report[] {
    return Array.from({ length: NUM_RANKS }, (_, rank) => `${this.#life.report}-${rank}`)
      .filter((file) => fs.existsSync(file))
      .map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
  }
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

/** 0 where there is none. */
function latestIn(root: string): number {
  const file = path.join(root, "latest");
  return fs.existsSync(file)
    ? Number(fs.readFileSync(file, "utf8").trim().slice("step-".length))
    : 0;
}

function nameOf(step: number): string {
  return `step-${String(step).padStart(8, "0")}`;
}

/** Of all files, by name. */
function bytesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    namesIn(folder).map((name) => [
      name,
      fs.readFileSync(path.join(folder, name)).toString("base64"),
    ]),
  );
}

/** Numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
