// Beam search within one row: which sequences run on, which have ended, and whether a better one may still come. Numbers are
// rounded to single precision where transformers' are.
import type { Endings } from "./endings.js";
import type { Settings } from "./options.js";

/** So unlikely is nothing. */
const LEAST = -1e9;

/** A running sequence and one token more. */
export interface Candidate {
  /** Sum of the log-probabilities of its new tokens. */
  readonly score: number;
  /** Which running sequence of the row it continues. */
  readonly beam: number;
  /** Of the whole text. */
  readonly ids: readonly number[];
}

type Scored = Pick<Candidate, "score" | "ids">;
type BeamSettings = Pick<Settings, "numBeams" | "lengthPenalty" | "earlyStopping">;

/** The search that continues one row. */
export class RowSearch {
  readonly #settings: BeamSettings;
  readonly #promptLength: number;
  readonly #maxNew: number;
  /** The best first. At the beginning they are alike, and all but one do not count. */
  #running: readonly Candidate[];
  /** At most as many as beams, with scores that allow for length; the best first. */
  #finished: readonly Scored[] = [];
  #mayImprove = true as boolean;
  #isStuck = false as boolean;

  /** @param promptLength without padding */
  constructor(settings: BeamSettings, promptLength: number, maxNew: number) {
    this.#settings = settings;
    this.#promptLength = promptLength;
    this.#maxNew = maxNew;
    this.#running = Array.from({ length: settings.numBeams }, (_, beam) => ({
      ...{ score: beam === 0 ? 0 : LEAST, beam, ids: [] },
    }));
  }

  /** Sequences that are followed, the best first. */
  get running(): readonly Candidate[] {
    return this.#running;
  }

  /** Whether a better sequence may come. */
  get isOpen(): boolean {
    return this.#mayImprove && !this.#isFull;
  }

  /** Whether all candidates have ended, so that there is nothing to follow. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** New tokens of the best sequences. */
  best(count: number): (readonly number[])[] {
    return this.#finished.slice(0, count).map(({ ids }) => ids.slice(this.#promptLength));
  }

  /** @param candidates the best first, or as they were drawn */
  take(candidates: readonly Candidate[], endings: Endings): void {
    const hasEnded = candidates.map(
      ({ ids }) => this.#numAdded(ids) === this.#maxNew || endings.isAt(ids),
    );
    const { numBeams } = this.#settings;
    if (this.isOpen) {
      const ended = candidates.filter((_, i) => i < numBeams && hasEnded[i]);
      const scored = ended.map(({ ids, score }) => ({
        ...{ ids, score: this.#perLength(score, this.#numAdded(ids)) },
      }));
      const likely = scored.filter(({ score }) => score > LEAST);
      this.#finished = bestOf([...this.#finished, ...likely], numBeams);
    }
    const running = candidates.map((each, i) => ({
      ...{ ...each, score: hasEnded[i] ? Math.fround(each.score + LEAST) : each.score },
    }));
    this.#running = bestOf(running, numBeams);
    this.#isStuck = hasEnded.every(Boolean);
    this.#mayImprove &&= this.#couldImprove();
  }

  /** Whether as many sequences have ended as there are beams, and that is enough. */
  get #isFull(): boolean {
    const { earlyStopping, numBeams } = this.#settings;
    return earlyStopping === true && this.#finished.length === numBeams;
  }

  #couldImprove(): boolean {
    const { earlyStopping, lengthPenalty, numBeams } = this.#settings;
    const worst = this.#finished[numBeams - 1]?.score ?? LEAST;
    const [best] = this.#running as [Candidate];
    const atLongest = earlyStopping === "never" && lengthPenalty > 0;
    const length = atLongest ? this.#maxNew : this.#numAdded(best.ids);
    return this.#perLength(best.score, length) > worst;
  }

  #numAdded(ids: readonly number[]): number {
    return ids.length - this.#promptLength;
  }

  #perLength(score: number, length: number): number {
    return Math.fround(score / length ** this.#settings.lengthPenalty);
  }
}

/** So many with the highest scores, the best first. */
function bestOf<T extends Scored>(all: readonly T[], count: number): T[] {
  const byScore = (a: T, b: T): number => Number(b.score > a.score) - Number(b.score < a.score);
  return all.toSorted(byScore).slice(0, count); // a difference of two infinities is no number
}
