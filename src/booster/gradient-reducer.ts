// Data-parallel gradient averaging (Li et al. 2020, PyTorch Distributed): gradients that are complete are gathered in
// buckets and all-reduced while the backward pass goes on with earlier blocks.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { whenCutOff } from "../report/index.js";
import { cat } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import { onGradientReady } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import type { GradientSync } from "./boosted-optimizer.js";

interface Bucket {
  readonly parameters: readonly Parameter[];
  readonly flat: Tensor;
  readonly work: Work;
}

export class GradientReducer implements GradientSync {
  numPauses = 0;
  readonly #group: ProcessGroup;
  readonly #parameters: readonly Parameter[];
  readonly #bucketBytes: number;
  #waiting: Parameter[] = [];
  #waitingBytes: number = 0;
  #reducing: Bucket[] = [];
  #reduced = new Set<Parameter>();

  constructor(
    parameters: readonly Parameter[],
    group: ProcessGroup,
    { bucketBytes }: { bucketBytes: number },
  ) {
    this.#parameters = parameters.filter((parameter) => parameter.requiresGrad);
    this.#group = group;
    this.#bucketBytes = bucketBytes;
    const trained = new Set(this.#parameters);
    whenCutOff(() => {
      this.reset();
    });
    onGradientReady((parameter) => {
      if (this.numPauses === 0 && trained.has(parameter)) this.#add(parameter);
    });
  }

  finish(): void {
    if (this.numPauses > 0) return;
    // Parameters used outside of blocks are never announced; the order is the same on every rank.
    for (const parameter of this.#parameters) {
      if (!this.#reduced.has(parameter) && parameter.grad !== null) this.#add(parameter);
    }
    this.#launch();
    for (const bucket of this.#reducing) this.#takeBack(bucket);
    this.#reducing = [];
    this.#reduced.clear();
  }

  reset(): void {
    for (const { flat } of this.#reducing) flat.dispose();
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#reducing = [];
    this.#reduced.clear();
  }

  #add(parameter: Parameter): void {
    const last = this.#waiting.at(-1);
    if (last !== undefined && last.dtype !== parameter.dtype) this.#launch();
    this.#waiting.push(parameter);
    this.#reduced.add(parameter);
    this.#waitingBytes += parameter.nbytes;
    if (this.#waitingBytes >= this.#bucketBytes) this.#launch();
  }

  #launch(): void {
    if (this.#waiting.length === 0) return;
    const parameters = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const flat = keep(
      noGrad(() => cat(parameters.map((parameter) => gradOf(parameter).reshape(-1)))),
    );
    this.#reducing.push({ parameters, flat, work: this.#group.allReduce(flat, "sum") });
  }

  #takeBack({ parameters, flat, work }: Bucket): void {
    work.wait();
    noGrad(() => {
      flat.div_(this.#group.size);
      const sizes = parameters.map((parameter) => parameter.numel);
      for (const [index, piece] of flat.split(sizes).entries()) {
        const grad = gradOf(parameters[index] as Parameter);
        grad.copy_(piece.view(...grad.shape));
      }
    });
    flat.dispose();
  }
}

function gradOf(parameter: Parameter): Tensor {
  const grad = parameter.grad;
  if (grad === null)
    throw new Error(`a parameter of shape [${parameter.shape.join(", ")}] got no gradient`);
  return grad;
}
