// Each row gets one token after the other, the most likely one or one drawn, until all have ended.
import { tensor } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Generator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";
import { Endings } from "./endings.js";
import type { Settings } from "./options.js";
import { processed } from "./processors.js";
import type { Rows } from "./rows.js";
import { chosen } from "./sampling.js";

/** Rows while they grow. */
export class TokenByToken {
  readonly #rows: Rows;
  readonly #settings: Settings;
  readonly #endings: Endings;
  readonly #generator: Generator;
  #hasEnded: readonly boolean[] = [];

  constructor(rows: Rows, settings: Settings, device: string) {
    this.#rows = rows;
    this.#settings = settings;
    this.#endings = new Endings(settings);
    this.#generator = new Generator(settings.seed, device);
  }

  /** Whether no row may get another token. */
  get isDone(): boolean {
    const { numAdded, growth } = this.#rows;
    return numAdded === growth.numNew || (numAdded > 0 && this.#hasEnded.every(Boolean));
  }

  /** Adds a token to each row; those that have ended get padding. */
  step(): void {
    noGrad(() => {
      const scores = processed(this.#rows.nextScores(), this.#rows, this.#settings);
      const next = chosen(scores, this.#settings, this.#generator);
      this.#add(next, Array.from(next.toTypedArray() as BigInt64Array, Number));
    });
  }

  #add(next: Tensor, ids: readonly number[]): void {
    const ended = this.#hasEnded;
    if (ended.some(Boolean)) {
      const padded = ids.map((id, row) => (ended[row] ? this.#settings.padTokenId : id));
      this.#rows.add(columnOf(padded, next.device), padded);
    } else {
      this.#rows.add(next, ids);
    }
    this.#hasEnded = this.#rows.rows.map((row, i) => ended[i] || this.#endings.isAt(row));
  }
}

/** (N, 1) int64 */
export function columnOf(ids: readonly number[], device: string): Tensor {
  return tensor(BigInt64Array.from(ids, BigInt), { shape: [ids.length, 1], device });
}
