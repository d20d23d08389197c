/** What `notebooster run` was asked for; setup/commands.mjs reads it from the command line. */
export interface RunOptions {
  readonly notebook: string;
  readonly output: string;
  /** Each `name=value`. */
  readonly parameters: readonly string[];
  readonly numRanks: number;
  /** Of one cell; any length. */
  readonly timeoutMs: number | undefined;
  /** Taken as `%check` takes it. */
  readonly check: string | undefined;
  readonly allowErrors: boolean;
  readonly printsTiming: boolean;
}
