// A memory plan beside what a real step took.
import { hostPlacesOf, rememberedOf, storageBytes } from "../../device/holders.js";
import { liesOnHost } from "../../device/host-arena.js";
import { gpuMemory, resetPeakMemory } from "../../device/memory.js";
import type { Module } from "../../nn/module.js";
import { byteText } from "../../report/byte-text.js";
import { countMemory } from "../../tensor/memory-count.js";
import { scoped } from "../../tensor/scope.js";
import { heldOf } from "../../tensor/weights-owner.js";
import { tableText } from "../table-text.js";
import type { MemoryPlan, MemoryTerm } from "./memory-plan.js";

/** A term of a plan, or several that are measured together. */
export interface ComparedTerm {
  /** In plain words. */
  readonly title: string;
  /** By the plan. */
  readonly predictedBytes: number;
  /** Of the step. */
  readonly measuredBytes: number;
}

/** What a plan said beside what was measured; prints as a table. */
export class MemoryComparison {
  /** They add up to `total`, as far as both know them. */
  readonly terms: readonly ComparedTerm[];
  /** All that the device had to have. */
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
    const rows = [...this.terms, this.total].map(({ title, predictedBytes, measuredBytes }) => [
      title,
      byteText(predictedBytes),
      byteText(measuredBytes),
      partText(predictedBytes, measuredBytes),
    ]);
    return tableText([["", "predicted", "measured", ""], ...rows]);
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Whose step it is, and where. */
export interface Compared {
  readonly model: Module;
  /** "cpu" or "cuda:0". */
  readonly device: string;
}

/** Runs a step and measures it on the plan's device. */
export function compareStep(plan: MemoryPlan, of: Compared, step: () => void): MemoryComparison {
  return of.device.startsWith("cuda") ? onGpu(plan, of, step) : onCpu(plan, of, step);
}

function onCpu(plan: MemoryPlan, of: Compared, step: () => void): MemoryComparison {
  const before = residentOn("cpu", of);
  const { peakBytes } = countMemory(step);
  const rest = plan.peak.bytes - before.predicted(plan);
  return new MemoryComparison(
    [...before.terms(plan), compared("made by the step", rest, peakBytes)],
    compared("needed", plan.totalBytes, before.bytes + peakBytes),
  );
}

function onGpu(plan: MemoryPlan, of: Compared, step: () => void): MemoryComparison {
  const { device } = of;
  const before = residentOn(device, of);
  resetPeakMemory(device);
  step();
  const index = Number(device.slice("cuda:".length));
  const { peakAllocatedBytes, peakReservedBytes, reservedBytes, freeBytes, totalBytes } =
    gpuMemory(index);
  const outside = totalBytes - freeBytes - reservedBytes;
  const workspaces = plan.bytesOf("workspaces");
  const rest = plan.peak.bytes - before.predicted(plan) + workspaces;
  return new MemoryComparison(
    [
      ...before.terms(plan),
      compared("made by the step, workspaces", rest, peakAllocatedBytes - before.bytes),
      compared(
        "between the allocator's blocks",
        plan.bytesOf("allocator"),
        peakReservedBytes - peakAllocatedBytes,
      ),
      compared(
        "outside of the allocator",
        plan.bytesOf("context") + plan.bytesOf("communicator"),
        outside,
      ),
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
const ON_ITS_WAY = ["transfers"] as const;

/** What a rank has of the model on a device, and of what optimizers remember of it. */
function residentOn(device: string, { model }: Compared): Resident {
  const parameters = model.parameters();
  const weights = scoped(() => {
    const held = parameters.map((parameter) => heldOf(parameter));
    const parts = held.flatMap(({ numbers, isOnHost }) => (isOnHost ? [] : [numbers]));
    return storageBytes([...parameters, ...parts, ...model.buffers()], device);
  });
  const states = rememberedOf(parameters).filter((each) => !liesOnHost(each));
  const remembered = storageBytes(states, device);
  const of = (plan: MemoryPlan, names: readonly MemoryTerm["name"][]): number =>
    names.reduce((bytes, name) => bytes + plan.bytesOf(name), 0);
  const places = storageBytes(hostPlacesOf(parameters), device);
  return {
    bytes: weights + remembered + places,
    predicted: (plan) => of(plan, [...WEIGHTS, ...REMEMBERED, ...ON_ITS_WAY]),
    terms: (plan) => [
      compared("parameters and buffers", of(plan, WEIGHTS), weights),
      compared("optimizer state and masters", of(plan, REMEMBERED), remembered),
      ...(of(plan, ON_ITS_WAY) + places > 0
        ? [compared("state on its way from the host", of(plan, ON_ITS_WAY), places)]
        : []),
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
