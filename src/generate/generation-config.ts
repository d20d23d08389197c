// What a model's files say of generation. Options of `generate` win over it.

/** What `generation_config.json`, or `config.json` in its place, says; names as in transformers, in camel case. */
export interface GenerationConfig {
  /** A sequence ends after one of these; null: none. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Fills rows that have ended. */
  readonly padTokenId: number | null;
  /** Tokens to add at most. */
  readonly maxNewTokens?: number;
  /** Tokens in all at most, the prompt included; counts without `maxNewTokens`. */
  readonly maxLength?: number;
  /** 0 takes the most likely token; 1 samples as the model says. */
  readonly temperature?: number;
  /** Sample among so many of the most likely tokens; 0: all. */
  readonly topK?: number;
  /** Sample among the fewest tokens whose probabilities reach this sum; 1: all. */
  readonly topP?: number;
  /** Logits of tokens in the text are made smaller by this factor (CTRL, Keskar et al. 2019); 1: none. */
  readonly repetitionPenalty?: number;
  /** What it asks for and `generate` does not do, as `"num_beams": 4`, with the file. */
  readonly notImplemented?: string;
}
