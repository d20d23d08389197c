// What is done after JavaScript was ended from outside: the library's rules for putting back what its blocks had changed
// are applied, latest first, because no `finally` ran.

import type { Comparison, Restore } from "notebooster/host";

export class CutOff {
  readonly #rules: Restore[] = [];
  /** How the library brings ranks together that stopped at different places. */
  comparison: Comparison | undefined;

  add(restore: Restore): void {
    this.#rules.push(restore);
  }

  /** Where all ranks stand, for the cell that is to bring them together. */
  positions: readonly unknown[] = [];

  /** Says what it did on the first rank, below the cell. */
  bringTogether(): void {
    const note = this.comparison?.bringTogether(this.positions);
    if (note !== undefined && process.env["RANK"] === "0") process.stderr.write(`${note}\n`);
  }

  /**
   * To be called with no code of cells on the stack.
   * @returns what the person must know, as half sentences
   */
  restore(isCut: (cell: string) => boolean): string[] {
    return this.#rules.toReversed().flatMap((restore) => {
      try {
        const note = restore(isCut);
        return typeof note === "string" ? note : [];
      } catch (failure) {
        return `something could not be put back (${(failure as Error).message})`;
      }
    });
  }
}
