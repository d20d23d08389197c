// Which parameters any rank had a gradient of in a backward pass. A rank that had all of a bucket's knows; another asks, and waits for
// the device then. The ranks add up their marks of all buckets once, so all of them take part however little they need it.
import type { ProcessGroup } from "../cluster/process-group.js";
import { tensor, zeros } from "../tensor/create.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

export class PassMarks {
  readonly #group: ProcessGroup;
  readonly #device: string;
  readonly #places = new Map<Parameter, number>();
  #own: number[];
  #sum: Tensor | undefined;
  #read: ArrayLike<number | bigint> | undefined;

  /** @param parameters on every rank the same */
  constructor(parameters: readonly Parameter[], group: ProcessGroup, device: string) {
    this.#group = group;
    this.#device = device;
    for (const parameter of parameters) this.#places.set(parameter, this.#places.size);
    this.#own = new Array<number>(this.#places.size).fill(0);
  }

  /** A bucket of this pass is reduced. @param has which gradients this rank had */
  add(parameters: readonly Parameter[], has: readonly boolean[]): void {
    for (const [i, each] of parameters.entries())
      this.#own[this.#places.get(each) as number] = Number(has[i]);
  }

  /** The ranks tell each other. All of them call it once a pass, when all buckets were added. */
  exchange(): void {
    this.forget();
    const isAll = this.#own.every(Boolean);
    const device = this.#device;
    const count = this.#own.length;
    this.#sum = keep(
      isAll
        ? zeros([count], { dtype: "float32", device }).add_(1)
        : tensor(this.#own, { dtype: "float32", device }),
    );
    this.#group.allReduce(this.#sum).wait();
    this.#own.fill(0);
  }

  /** Which of these any rank had. @param has which this rank had */
  ofAll(parameters: readonly Parameter[], has: readonly boolean[]): readonly boolean[] {
    if (has.every(Boolean)) return has;
    this.#read ??= (this.#sum as Tensor).toTypedArray();
    return parameters.map((each) => Number(this.#read?.[this.#places.get(each) as number]) > 0);
  }

  forget(): void {
    this.#sum?.dispose();
    this.#sum = undefined;
    this.#read = undefined;
  }
}
