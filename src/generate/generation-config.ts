// What a model's files say of generation. Options of `generate` win over it.

export interface GenerationConfig {
  /** A sequence ends after one of these; null: none. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Fills rows that have ended. */
  readonly padTokenId: number | null;
  /** Tokens to add at most. */
  readonly maxNewTokens?: number;
  /** Tokens in all at most, the prompt included; counts without `maxNewTokens`. */
  readonly maxLength?: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly repetitionPenalty?: number;
  /** What it asks for and `generate` does not do, as `"num_beams": 4`, with the file. */
  readonly notImplemented?: string;
}
