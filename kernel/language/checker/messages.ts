// What the kernel and its type-checking thread say to each other. Positions are UTF-16 offsets into the person's code,
// lines and columns count from 1.

export interface Problem {
  readonly line: number;
  readonly column: number;
  /** Characters concerned, on this line. */
  readonly length: number;
  readonly message: string;
  /** TypeScript's number, as in TS2322. */
  readonly code: number;
  /** Where it is when it is not in the cell but in a module that the cell imports. */
  readonly module?: {
    /** Path from the notebook's folder. */
    readonly label: string;
    /** The line concerned. */
    readonly text: string;
  };
}

export interface CompletionEntry {
  readonly text: string;
  /** Such as `function`, `property`, `keyword`. */
  readonly type: string;
  /** Type or call signature on one line. */
  readonly signature?: string;
}

export interface Completions {
  /** What the entries replace. */
  readonly start: number;
  readonly end: number;
  readonly entries: readonly CompletionEntry[];
  /** Whether any name in scope may stand here. */
  readonly isGlobal: boolean;
  /** What is written so far of a string that TypeScript has nothing for, "" in a comment; undefined in code. */
  readonly text?: string;
}

export interface Hover {
  /** TypeScript code that declares what is under the cursor. */
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface CheckedCell {
  /** Without magics, lines as in the cell. */
  readonly code: string;
  /**
   * What a cell that parses declares stays known: "unless wrong" where it is not run when types are wrong, "unchecked"
   * where nobody wants to hear of problems.
   */
  readonly keep: "always" | "unless wrong" | "unchecked";
}

/** Place in code of a cell that is being written. */
export interface Place {
  readonly code: string;
  readonly offset: number;
}

export interface CheckerCalls {
  /** Cells in the order in which they run; the problems of each. */
  readonly check: { readonly from: readonly CheckedCell[]; readonly to: readonly Problem[][] };
  readonly complete: { readonly from: Place; readonly to: Completions | null };
  readonly hover: { readonly from: Place; readonly to: Hover | null };
  /** Forgets every cell. */
  readonly reset: { readonly from: null; readonly to: null };
  /** Looks for packages again: some were installed. */
  readonly lookAgain: { readonly from: null; readonly to: null };
}

export type CallName = keyof CheckerCalls;

export interface CheckerRequest {
  readonly id: number;
  readonly call: CallName;
  readonly argument: CheckerCalls[CallName]["from"];
}

export type CheckerReply =
  | { readonly id: number; readonly value: CheckerCalls[CallName]["to"] }
  | { readonly id: number; readonly failure: string };

/** Given to the thread when it starts. */
export interface CheckerStart {
  /** The notebook's folder. */
  readonly folder: string;
}
