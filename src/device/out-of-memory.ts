// When memory runs out: garbage is collected and the operator run once more (native/memory/out_of_memory.cc); what fails
// again becomes an error that says what was asked for, what is there, who holds the rest and what helps.
import { native } from "../native/native.js";
import { byteText } from "../report/byte-text.js";
import { type Holder, holders } from "./holders.js";
import { gpuMemory, hostMemory } from "./memory.js";

/** What was known about a device when an allocation on it failed. */
export interface MemoryShortage {
  /** "cpu" or "cuda:0" */
  readonly device: string;
  /** Of the allocation that failed; undefined when the allocator did not say. */
  readonly requestedBytes: number | undefined;
  /** What the device has left for this process. */
  readonly freeBytes: number;
  /** In tensors. */
  readonly allocatedBytes: number;
  /** Taken from the device (of the host: by the whole process). */
  readonly reservedBytes: number;
  /** Largest first, at most 8. */
  readonly holders: readonly Holder[];
}

/** Memory ran out on a device although unused memory was collected first. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
  /** Tells it from other errors, whatever the realm. */
  readonly code = "ERR_OUT_OF_MEMORY";
  /** What was asked for, what was there and who holds the rest. */
  readonly shortage: MemoryShortage;
  /** Three things that would help, the most fitting first. */
  readonly remedies: readonly string[];

  constructor(shortage: MemoryShortage) {
    const remedies = remediesFor(shortage);
    super(describe(shortage, remedies));
    this.shortage = shortage;
    this.remedies = remedies;
  }
}

const MAX_HOLDERS = 8;

native.onOutOfMemory((_message, requestedBytes, gpu) => {
  const device = gpu < 0 ? "cpu" : `cuda:${gpu}`;
  const largest = holders(device).slice(0, MAX_HOLDERS);
  const asked = requestedBytes < 0 ? undefined : requestedBytes;
  return new OutOfMemoryError({ device, requestedBytes: asked, ...amounts(gpu), holders: largest });
});

function amounts(
  gpu: number,
): Pick<MemoryShortage, "freeBytes" | "allocatedBytes" | "reservedBytes"> {
  if (gpu >= 0) return gpuMemory(gpu);
  const { freeBytes, tensorBytes, residentBytes } = hostMemory();
  return { freeBytes, allocatedBytes: tensorBytes, reservedBytes: residentBytes };
}

function describe(shortage: MemoryShortage, remedies: readonly string[]): string {
  const { device, requestedBytes, freeBytes, allocatedBytes, reservedBytes } = shortage;
  const asked = requestedBytes === undefined ? "memory" : byteText(requestedBytes);
  return [
    `out of memory on ${device}: asked for ${asked}, free ${byteText(freeBytes)}, in tensors ${byteText(allocatedBytes)}, ` +
      `${device === "cpu" ? "the process has" : "reserved"} ${byteText(reservedBytes)}; collecting garbage did not help`,
    ...holderLines(shortage.holders),
    "What helps:",
    ...remedies.map((remedy) => `  - ${remedy}`),
  ].join("\n");
}

function holderLines(largest: readonly Holder[]): string[] {
  return largest.length === 0 ? [] : ["Largest holders:", ...largest.map(holderLine)];
}

function holderLine({ bytes, dtype, shape, name }: Holder): string {
  return `  ${byteText(bytes).padStart(10)}  ${dtype}[${shape.join(", ")}]  ${name}`;
}

function remediesFor(shortage: MemoryShortage): string[] {
  const total = sumOf(shortage.holders, () => true) || 1;
  const share = (kind: Holder["kind"]): number =>
    sumOf(shortage.holders, (holder) => holder.kind === kind) / total;
  const wide =
    sumOf(shortage.holders, ({ dtype }) => dtype === "float32" || dtype === "float64") / total;
  const { requestedBytes = 0, allocatedBytes, reservedBytes, device } = shortage;
  const isFragmented = device !== "cpu" && reservedBytes - allocatedBytes > requestedBytes;
  const candidates: [applies: boolean, remedy: string][] = [
    [
      isFragmented,
      "reserved memory is free, but in pieces: emptyCache() of notebooster/device gives back what is whole; leave segments expandable, as they are unless PYTORCH_ALLOC_CONF or configureAllocator say otherwise",
    ],
    [
      share("variable") > 0.5,
      "tensors held by variables: make them in a scope (using s = scope()) or dispose() of them when done",
    ],
    [
      share("parameter") + share("gradient") + share("optimizer") > 0.5,
      "the model itself: shard or offload parameters, gradients and optimizer state with a plugin made for it, or use more GPUs",
    ],
    [
      wide > 0.5,
      'half the bytes a number: mixedPrecision: "bf16" in the Booster, or dtype "bfloat16" when loading',
    ],
    [
      true,
      "a smaller batchSize or shorter sequences; accumulate gradients over several batches to keep the global batch",
    ],
    [true, "recompute activations in the backward pass instead of keeping them"],
    [
      true,
      'half the bytes a number: mixedPrecision: "bf16" in the Booster, or dtype "bfloat16" when loading',
    ],
    [true, "move what is not needed now to the host"],
  ];
  return [...new Set(candidates.filter(([applies]) => applies).map(([, remedy]) => remedy))].slice(
    0,
    3,
  );
}

function sumOf(list: readonly Holder[], counts: (holder: Holder) => boolean): number {
  return list.filter(counts).reduce((sum, { bytes }) => sum + bytes, 0);
}
