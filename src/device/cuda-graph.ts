// CUDA graphs: a function of tensors with fixed shapes is run once to record what it launches, and from then on launched
// whole. A training step of many small kernels becomes one launch. Source: CUDA programming guide, "CUDA Graphs";
// torch.cuda.graph. Numbers of JavaScript (a learning rate, say) are recorded as they were.
import { callback, integer, kind, listOf, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { whenCutOff } from "../host/index.js";
import type { GraphRef } from "../native/cuda.js";
import { type GeneratorRef, native } from "../native/native.js";
import { aGenerator } from "../tensor/arguments.js";
import { arriveAll } from "../tensor/arriving.js";
import type { Generator } from "../tensor/random.js";
import { GENERATOR, keep, Scope, scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { DeviceError, requireCuda } from "./device-error.js";
import { aStream, GpuStream, recordStream, withStream } from "./streams.js";

/** The captured function did what a CUDA graph cannot hold; `cause` says what. */
export class GraphCaptureError extends Error {
  override readonly name = "GraphCaptureError";
}

/** What a captured function returns: tensors, alone, in an array or as an object's values, or nothing. */
export type GraphOutputs =
  | Tensor
  | readonly Tensor[]
  | { readonly [name: string]: Tensor }
  | undefined;

/** Options of recording a CUDA graph. */
export interface CaptureOptions {
  /** Captured on this stream; default: one of its own. */
  readonly stream?: GpuStream;
  /** Shares this graph's memory; the two must then be replayed in the order of their capture. */
  readonly pool?: CudaGraph<GraphOutputs>;
  /** Random generators, besides the GPU's default one, whose state each replay advances. */
  readonly generators?: readonly Generator[];
  /** Whose unsafe calls fail while capturing; "threadLocal" leaves other threads (NCCL's) alone. Default "global". */
  readonly mode?: "global" | "threadLocal" | "relaxed";
}

/** The graph that records what is launched now. */
let capturing: GraphRef | undefined;

whenCutOff(() => {
  if (capturing !== undefined) native.cuda?.abortGraph(capturing);
  capturing = undefined;
});

/** Work on one GPU that was recorded and can be launched again, on the same memory. */
export class CudaGraph<T extends GraphOutputs = GraphOutputs> implements Disposable {
  /** What the function returned; each replay writes new numbers into the same tensors. */
  readonly outputs: T;
  readonly #ref: GraphRef;

  private constructor(ref: GraphRef, outputs: T) {
    this.#ref = ref;
    this.outputs = outputs;
  }

  /**
   * Records what `body` launches, without running it. Run it a few times before on the same stream: what is made on first
   * use (optimizer state, workspaces) must exist. Inputs are tensors made outside, refilled by `copy_`.
   * @throws DeviceError without a GPU
   * @throws GraphCaptureError when `body` throws, reads a number from the GPU or waits for it
   */
  static capture<T extends GraphOutputs>(
    body: () => T,
    options: CaptureOptions = {},
  ): CudaGraph<T> {
    requireValue("CudaGraph.capture: body", body, callback);
    checkOptions("CudaGraph.capture", options, CAPTURE_OPTIONS);
    const cuda = requireCuda("a CUDA graph");
    const { stream = new GpuStream(), pool, generators = [], mode = "global" } = options;
    const refs: GeneratorRef[] = generators.map((generator) => generator[GENERATOR]);
    arriveAll();
    const ref = cuda.beginGraph(stream.ref, pool === undefined ? undefined : pool.#ref, mode, refs);
    capturing = ref;
    const inner = new Scope("call");
    try {
      const outputs = body();
      for (const tensor of tensorsOf(outputs)) keep(tensor);
      arriveAll();
      inner.close();
      capturing = undefined;
      cuda.endGraph(ref);
      return new CudaGraph(ref, outputs);
    } catch (cause) {
      inner.close();
      capturing = undefined;
      cuda.abortGraph(ref);
      throw captureError(cause);
    }
  }

  /** Launches the recorded work on the current stream. */
  replay(): void {
    arriveAll();
    requireCuda("a CUDA graph").replayGraph(this.#ref);
  }

  /** Frees the graph, its memory and its outputs. */
  dispose(): void {
    for (const tensor of tensorsOf(this.outputs)) tensor.dispose();
    requireCuda("a CUDA graph").resetGraph(this.#ref);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Options of `graphed`. */
export interface GraphedOptions extends CaptureOptions {
  /** Calls that run eagerly before the capture, at least 1. Default 3. */
  readonly warmup?: number;
}

const CAPTURE_OPTIONS: OptionTable<CaptureOptions> = {
  stream: aStream,
  pool: kind("a CudaGraph", (value) => value instanceof CudaGraph),
  generators: listOf(aGenerator),
  mode: oneOf("global", "threadLocal", "relaxed"),
};
const GRAPHED_OPTIONS: OptionTable<GraphedOptions> = {
  ...CAPTURE_OPTIONS,
  warmup: integer({ min: 1 }),
};

/** A function that replays a CUDA graph of itself. */
export interface Graphed<T> extends Disposable {
  (): T;
  /** Frees the recorded graphs and their memory. */
  dispose(): void;
}

/**
 * `body` as a CUDA graph, each call one step: the first `warmup` calls run eagerly, the next one records and replays, later
 * ones replay. From the capture on, the tensors returned are the same objects at every call.
 * @throws DeviceError without a GPU
 */
export function graphed<T extends GraphOutputs>(
  body: () => T,
  options: GraphedOptions = {},
): Graphed<T> {
  requireValue("graphed: body", body, callback);
  checkOptions("graphed", options, GRAPHED_OPTIONS);
  requireCuda("a CUDA graph");
  const { warmup = 3, stream = new GpuStream(), ...rest } = options;
  let calls = 0;
  let graph: CudaGraph<T> | undefined;
  const step = (): T => {
    if (calls++ < warmup) return aside(stream, body);
    graph ??= CudaGraph.capture(body, { ...rest, stream });
    graph.replay();
    return graph.outputs;
  };
  const dispose = (): void => {
    graph?.dispose();
    graph = undefined;
    calls = 0;
  };
  return Object.assign(step, { dispose, [Symbol.dispose]: dispose });
}

/** True while a CUDA graph is being captured. */
export function isCapturing(): boolean {
  return requireCuda("a CUDA graph").isCapturing();
}

/** Runs `body` on `stream`, after what the current stream was given and before what it will be given. */
function aside<T extends GraphOutputs>(stream: GpuStream, body: () => T): T {
  const current = GpuStream.current(stream.device);
  stream.waitStream(current);
  try {
    const outputs = withStream(stream, () => scoped(body));
    for (const tensor of tensorsOf(outputs)) recordStream(tensor, current);
    return outputs;
  } finally {
    current.waitStream(stream);
  }
}

function tensorsOf(outputs: GraphOutputs): Tensor[] {
  if (outputs === undefined) return [];
  if (outputs instanceof Tensor) return [outputs];
  return Object.values(outputs as Record<string, Tensor>);
}

function captureError(cause: unknown): Error {
  if (cause instanceof DeviceError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraphCaptureError(
    `the function cannot be captured as a CUDA graph: ${firstLine(reason)}\nIt must launch the same work on the same shapes each time and ` +
      "never wait for the GPU: no item(), toArray(), printing, synchronize(), copies to unpinned host memory, or shapes that depend on numbers. " +
      "What it makes on first use must exist: call it once before.",
    { cause },
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
