// One decode step at fixed shapes: what a model does between two tokens, as the same work on the same memory each time. What changes
// from step to step (the token, its position, its place in the cache) is read from tensors that stay where they are, and moved on
// by the step itself; so on a GPU a CUDA graph records it and is replayed in its place, one launch instead of hundreds.
import { GraphCaptureError, type Graphed, graphed } from "../device/cuda-graph.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Decoder } from "./decoder.js";
import type { KVCache } from "./kv-cache.js";
import type { LeftPadding } from "./left-padding.js";

/** What the rows hold when the steps begin. */
export interface DecodeState {
  readonly decoder: Decoder;
  /** Holds all tokens but the next, and has room for some. */
  readonly cache: KVCache;
  readonly padding: LeftPadding | undefined;
}

/** Steps from one token to the next, as many as the cache's room allows. */
export class DecodeStep implements Disposable {
  readonly #state: DecodeState;
  /** (B, 1) int64: the tokens that the step reads. */
  readonly #ids: Tensor;
  /** (B, 1) int64: their positions. */
  readonly #positions: Tensor;
  /** (B, room) of 0 and 1. */
  readonly #mask: Tensor | undefined;
  /** Of `body`, on a GPU. */
  #graph: Graphed<Tensor> | undefined;

  /** @param ids (B, 1) int64, of which the shape counts */
  constructor(state: DecodeState, ids: Tensor) {
    const { cache, padding } = state;
    this.#state = state;
    this.#ids = keep(ids.clone());
    const { length } = cache;
    this.#positions = keep(
      padding === undefined
        ? ids.mul(0).add(length)
        : padding.at(length, length + 1).positionIds.clone(),
    );
    this.#mask = padding && keep(padding.mask.slice(1, 0, cache.room).contiguous());
    cache.fixShapes(ids.device);
    if (ids.device.startsWith("cuda"))
      this.#graph = graphed(() => this.body(), { warmup: 1, mode: "threadLocal" });
  }

  /** Whether the cache has room for another token. */
  get hasRoom(): boolean {
    const { length, room } = this.#state.cache;
    return length < room;
  }

  /** Logits (B, V) after one token more in each row. @param ids (B, 1) int64 */
  next(ids: Tensor): Tensor {
    this.#ids.copy_(ids);
    const logits = this.#graph === undefined ? this.body() : this.#replayed(this.#graph);
    this.#state.cache.count(1);
    return logits;
  }

  /** A model that waits for the GPU within a step, as mixtures of experts do, cannot be recorded and goes on as it is. */
  #replayed(graph: Graphed<Tensor>): Tensor {
    try {
      return graph();
    } catch (error) {
      if (!(error instanceof GraphCaptureError)) throw error;
      graph.dispose();
      this.#graph = undefined;
      return this.body();
    }
  }

  /** All that the device does for a step, with nothing of it depending on numbers that are here. */
  body(): Tensor {
    const { decoder, cache } = this.#state;
    const { logits } = decoder.forward({
      ...{ inputIds: this.#ids, positionIds: this.#positions, cache, logitsToKeep: 1 },
      ...(this.#mask && { attentionMask: this.#mask }),
    });
    this.#positions.add_(1);
    return logits.select(1, -1);
  }

  [Symbol.dispose](): void {
    this.#graph?.dispose();
    this.#state.cache.freeShapes();
    for (const held of [this.#ids, this.#positions, this.#mask]) held?.dispose();
  }
}
