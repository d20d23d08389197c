// A memory plan beside what a real step took.
import { holders } from "../../device/holders.js";
import { gpuMemory, resetPeakMemory } from "../../device/memory.js";
import { byteText } from "../../report/byte-text.js";
import { countMemory } from "../../tensor/memory-count.js";
import type { MemoryPlan, MemoryTerm } from "./memory-plan.js";

/** A term of a plan, or several that are measured together. */
export interface ComparedTerm {
  readonly title: string;
  readonly predictedBytes: number;
  readonly measuredBytes: number;
}

/** What a plan said beside what was measured; prints as a table. */
export class MemoryComparison {
  readonly terms: readonly ComparedTerm[];
  readonly total: ComparedTerm;

  constructor(terms: readonly ComparedTerm[], total: ComparedTerm) {
    this.terms = terms;
    this.total = total;
  }

  /** Predicted over measured, less 1: above 0 where the plan said too much. */
  get difference(): number {
    return this.total.predictedBytes / this.total.measuredBytes - 1;
  }

  /** The term that was further off than all others. */
  get surprise(): ComparedTerm | undefined {
    const off = ({ predictedBytes, measuredBytes }: ComparedTerm): number =>
      Math.abs(predictedBytes - measuredBytes);
    return [...this.terms].sort((a, b) => off(b) - off(a))[0];
  }

  /** A table: predicted, measured, and by how much of the measured the prediction is off. */
  toString(): string {
    const all = [...this.terms, this.total];
    const width = Math.max(...all.map(({ title }) => title.length));
    const row = (cells: readonly string[]): string =>
      cells.map((cell, i) => (i === 0 ? cell.padEnd(width) : cell.padStart(12))).join("");
    return [
      row(["", "predicted", "measured", ""]),
      ...all.map(({ title, predictedBytes, measuredBytes }) =>
        row([title, byteText(predictedBytes), byteText(measuredBytes), partText(predictedBytes, measuredBytes)]),
      ),
    ].join("\n");
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Runs a step and measures it on the plan's device. */
export function compareStep(plan: MemoryPlan, device: string, step: () => void): MemoryComparison {
  return device.startsWith("cuda") ? onGpu(plan, device, step) : onCpu(plan, step);
}

function onCpu(plan: MemoryPlan, step: () => void): MemoryComparison {
  const before = residentOn("cpu");
  const { peakBytes } = countMemory(step);
  const rest = plan.peak.bytes - before.predicted(plan);
  return new MemoryComparison(
    [...before.terms(plan), compared("made by the step", rest, peakBytes)],
    compared("needed", plan.totalBytes, before.bytes + peakBytes),
  );
}

function onGpu(plan: MemoryPlan, device: string, step: () => void): MemoryComparison {
  const before = residentOn(device);
  resetPeakMemory(device);
  step();
  const index = Number(device.slice("cuda:".length));
  const { peakAllocatedBytes, peakReservedBytes, reservedBytes, freeBytes, totalBytes } = gpuMemory(index);
  const outside = totalBytes - freeBytes - reservedBytes;
  const workspaces = plan.bytesOf("workspaces");
  const rest = plan.peak.bytes - before.predicted(plan) + workspaces;
  return new MemoryComparison(
    [
      ...before.terms(plan),
      compared("made by the step, workspaces", rest, peakAllocatedBytes - before.bytes),
      compared("between the allocator's blocks", plan.bytesOf("allocator"), peakReservedBytes - peakAllocatedBytes),
      compared("outside of the allocator", plan.bytesOf("context") + plan.bytesOf("communicator"), outside),
    ],
    compared("needed", plan.totalBytes, peakReservedBytes + outside),
  );
}

interface Resident {
  readonly bytes: number;
  predicted(plan: MemoryPlan): number;
  terms(plan: MemoryPlan): ComparedTerm[];
}

const WEIGHTS = ["parameters", "buffers"] as const;
const REMEMBERED = ["state", "masters"] as const;

/** What models and optimizers hold on a device. */
function residentOn(device: string): Resident {
  const held = holders(device);
  const sum = (kind: string): number =>
    held.reduce((bytes, holder) => bytes + (holder.kind === kind ? holder.bytes : 0), 0);
  const [weights, remembered] = [sum("parameter"), sum("optimizer")];
  const of = (plan: MemoryPlan, names: readonly MemoryTerm["name"][]): number =>
    names.reduce((bytes, name) => bytes + plan.bytesOf(name), 0);
  return {
    bytes: weights + remembered,
    predicted: (plan) => of(plan, [...WEIGHTS, ...REMEMBERED]),
    terms: (plan) => [
      compared("parameters and buffers", of(plan, WEIGHTS), weights),
      compared("optimizer state and masters", of(plan, REMEMBERED), remembered),
    ],
  };
}

function compared(title: string, predictedBytes: number, measuredBytes: number): ComparedTerm {
  return { title, predictedBytes, measuredBytes };
}

function partText(predicted: number, measured: number): string {
  if (measured === 0) return "";
  const part = (100 * (predicted / measured - 1)).toFixed(1);
  return `${part.startsWith("-") ? "" : "+"}${part} %`;
}
