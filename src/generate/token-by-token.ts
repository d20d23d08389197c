// Each row gets one token after the other, the most likely one or one drawn, until all have ended.
import { downloadAsync } from "../device/transfers.js";
import { tensor } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Generator } from "../tensor/random.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { Endings } from "./endings.js";
import type { Settings } from "./options.js";
import { processed, requireSomeToken } from "./processors.js";
import type { Rows } from "./rows.js";
import { chosen } from "./sampling.js";

/** Rows while they grow. */
export class TokenByToken {
  readonly #rows: Rows;
  readonly #settings: Settings;
  readonly #endings: Endings;
  readonly #generator: Generator;
  #hasEnded: readonly boolean[] = [];
  /** What the model foretells after the tokens that were added last. */
  #ahead: Tensor | undefined;

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

  /**
   * Adds a token to each row; those that have ended get padding. Where steps have shapes that do not change the device goes on with
   * the token after while the host hears of this one; what it makes of rows that have ended is of no use to anybody.
   */
  step(): void {
    noGrad(() => {
      const rows = this.#rows;
      const logits = this.#ahead ?? rows.nextScores();
      const vocabulary = logits.shape[1] as number;
      requireSomeToken(rows, this.#settings, { vocabulary, hasEnded: this.#hasEnded });
      const scores = processed(logits, rows, this.#settings);
      const next = this.#padded(chosen(scores, this.#settings, this.#generator));
      this.#ahead?.dispose();
      const read = beginReading(next);
      rows.put(next);
      const { isStatic, numNew } = rows.growth;
      const goesOn = isStatic && rows.numAdded < numNew;
      this.#ahead = goesOn ? keep(rows.nextScores().detach()) : undefined; // a graph gives the same object each time
      rows.note(read());
      const ended = this.#hasEnded;
      this.#hasEnded = rows.rows.map((row, i) => ended[i] || this.#endings.isAt(row));
      if (this.isDone) this.#ahead?.dispose();
    });
  }

  #padded(next: Tensor): Tensor {
    const ended = this.#hasEnded;
    if (!ended.some(Boolean)) return next;
    const mask = columnOf(ended.map(Number), next.device).ne(0);
    return next.maskedFill(mask, this.#settings.padTokenId);
  }
}

/** Begins to read ids (N, 1), beside what the device is given next; the result waits for them. */
function beginReading(ids: Tensor): () => number[] {
  const isThere = ids.device === "cpu";
  const transfer = isThere ? undefined : downloadAsync(ids);
  return () => Array.from((transfer?.wait() ?? ids).toTypedArray() as BigInt64Array, Number);
}

/** (N, 1) int64 */
export function columnOf(ids: readonly number[], device: string): Tensor {
  return tensor(BigInt64Array.from(ids, BigInt), { shape: [ids.length, 1], device });
}
