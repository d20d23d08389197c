// Tries inputs one after the other. An input whose outcome was not seen before joins those that others are made of, so that changes
// add up. A fault is an error that is none of ours, an input that takes too long, memory beyond its size and a constant, or a sound input
// that is refused.
import { readFileSync, writeFileSync } from "node:fs";
import { mutated } from "./mutate.mjs";
import { randomOf } from "./random.mjs";

const MOST_KEPT = 2000;
/** Executions between two looks at the memory. */
const ROUND = 64;

/**
 * @param {{ constantMb: number, timeMs: number, seeds: () => Uint8Array[], words: string[], run(bytes: Uint8Array): string, isTyped(error: unknown): boolean }} input
 * @param {{ first: number, executions: number, seed: number, before?: (bytes: Uint8Array, index: number) => void }} how
 */
export function execute(input, { first, executions, seed, before }) {
  const seeds = input.seeds();
  const corpus = [...seeds];
  const outcomes = new Map();
  const faults = [];
  const memory = new PeakMemory();
  for (let index = first; index < first + executions; index++) {
    const random = randomOf(Math.imul(seed + 1, 0x9e3779b1) ^ index);
    const bytes = seeds[index] ?? mutated(random, corpus, input.words);
    before?.(bytes, index);
    const tried = attempt(input, bytes, index < seeds.length);
    const { outcome } = tried;
    const isNew = !outcomes.has(outcome);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (isNew && corpus.length < MOST_KEPT) corpus.push(bytes);
    const problem =
      tried.problem ?? (index % ROUND === ROUND - 1 ? memory.problem(input.constantMb) : undefined);
    if (problem !== undefined && !faults.some((fault) => fault.outcome === outcome))
      faults.push({ index, outcome, problem, bytes });
  }
  return { outcomes, faults, peakMb: memory.peakMb };
}

function attempt(input, bytes, isSound) {
  const begin = process.cpuUsage();
  const { outcome, problem } = resultOf(input, bytes, isSound);
  const { user, system } = process.cpuUsage(begin);
  const milliseconds = (user + system) / 1000;
  if (milliseconds <= input.timeMs) return { outcome, problem };
  return { outcome, problem: problem ?? `takes ${Math.round(milliseconds)} ms of a processor` };
}

function resultOf(input, bytes, isSound) {
  try {
    return { outcome: kindOf(`read: ${input.run(bytes)}`) };
  } catch (error) {
    if (!input.isTyped(error))
      return { outcome: kindOf(`FAULT: ${error.message}`), problem: error.stack ?? String(error) };
    const outcome = kindOf(`refused: ${error.message}`);
    return isSound ? { outcome, problem: `is sound, and ${outcome}` } : { outcome };
  }
}

/** Outcomes that differ in names and numbers alone are one. */
function kindOf(text) {
  return text
    .replace(/\/\S*input\.\w+/g, "")
    .replace(/"(\\.|[^"\\])*"/g, '""')
    .replace(/\d+/g, "#")
    .slice(0, 160);
}

/** The most that this process has had in memory, beside what it had at first. Linux tells it, and forgets it when asked. */
class PeakMemory {
  #base = residentMb("VmRSS");
  peakMb = 0;

  constructor() {
    forget();
  }

  problem(constantMb) {
    const aboveMb = residentMb("VmHWM") - this.#base;
    this.peakMb = Math.max(this.peakMb, aboveMb);
    forget();
    return aboveMb > constantMb
      ? `takes ${Math.round(aboveMb)} MB more than before, in the last ${ROUND} executions`
      : undefined;
  }
}

function residentMb(name) {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

function forget() {
  writeFileSync("/proc/self/clear_refs", "5");
}
