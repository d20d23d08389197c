// Where the next row of a stream stands: what is before it need not be read again.

/** Equal on all ranks. */
export interface StreamPlace {
  /** Which file of the epoch's order. */
  readonly file: number;
  /** The line in it behind which the current window of rows begins. */
  readonly line: number;
  /** How many windows came before in this epoch. */
  readonly window: number;
  /** How many of the window's rows, as they are shuffled, came before. */
  readonly row: number;
  /** How many examples were taken of those made from that row on. */
  readonly taken: number;
}

const NAMES = ["file", "line", "window", "row", "taken"] as const;

/** The same in few characters, for checkpoints. */
export function placeNumbers(place: StreamPlace): number[] {
  return NAMES.map((name) => place[name]);
}

export function placeOf(numbers: readonly number[]): StreamPlace {
  const [file = 0, line = 0, window = 0, row = 0, taken = 0] = numbers;
  return { file, line, window, row, taken };
}

export const START: StreamPlace = { file: 0, line: 0, window: 0, row: 0, taken: 0 };
