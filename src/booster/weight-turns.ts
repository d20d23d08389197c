// Weights that ranks share, as one of them writes them to a file: all ranks gather one after another, in the order of the files, so that
// no more than two of what is gathered at once are whole, however large the model. A rank whose own files are done, or have failed,
// takes part until the last.
import type { PlannedFile } from "../checkpoint/planned-file.js";
import { orderOfFile, type TensorSource } from "../checkpoint/safetensors-writer.js";
import { tensorOf } from "../checkpoint/tensor-source.js";
import type { Parameter } from "../tensor/parameter.js";
import { holdWeights, weightsOwnerOf } from "../tensor/weights-owner.js";

/** From where files are planned to where this rank's are written; all ranks have one at the same time. */
export class WeightTurns implements Disposable {
  readonly #turns: Parameter[] = [];
  /** Turns before this one are over. */
  #next = 0;
  #held: Disposable | undefined;
  #isBroken = false as boolean;

  /**
   * The same files, whose shared weights are gathered as their turn comes.
   * @param files of all ranks, the same on each
   */
  of(files: readonly PlannedFile[]): PlannedFile[] {
    return files.map((file) =>
      "content" in file
        ? file
        : { ...file, sources: orderOfFile([...file.sources]).map((each) => this.#inTurn(each)) },
    );
  }

  /** Takes part in the turns that are left. */
  [Symbol.dispose](): void {
    while (this.#next < this.#turns.length && !this.#isBroken) this.#take();
    this.#held?.[Symbol.dispose]();
    this.#held = undefined;
  }

  #inTurn(source: TensorSource): TensorSource {
    const tensor = tensorOf(source);
    if (tensor === undefined || weightsOwnerOf(tensor) === undefined) return source;
    const turn = this.#turns.push(tensor as Parameter) - 1;
    const bytes = (): ReturnType<TensorSource["bytes"]> => {
      if (turn < this.#next) throw new Error(`the turn of ${source.name} is over`);
      while (this.#next <= turn) this.#take();
      return source.bytes();
    };
    return { ...source, bytes };
  }

  /** Gathers the next before the last is released, which may be of the same. */
  #take(): void {
    this.#isBroken = true;
    const held = holdWeights([this.#turns[this.#next] as Parameter]);
    this.#isBroken = false;
    this.#next += 1;
    this.#held?.[Symbol.dispose]();
    this.#held = held;
  }
}
