// What a model's files say of generation. Options of `generate` win over it.

/** When beam search has enough whole sequences: true: as soon as there are as many as beams; "never": when none can improve. */
export type EarlyStopping = boolean | "never";

/** What `generation_config.json`, or `config.json` in its place, says; names as in transformers, in camel case. */
export interface GenerationConfig {
  /** A sequence ends after one of these; null: none. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Fills rows that have ended. */
  readonly padTokenId: number | null;
  /** Token that a decoder beside an encoder begins with, where it is not the configuration's. */
  readonly decoderStartTokenId?: number;
  /** Tokens to add at most. */
  readonly maxNewTokens?: number;
  /** Tokens in all at most, the prompt included; counts without `maxNewTokens`. */
  readonly maxLength?: number;
  /** Tokens to add at least. */
  readonly minNewTokens?: number;
  /** Tokens in all at least, the prompt included. */
  readonly minLength?: number;
  /** 0 takes the most likely token; 1 samples as the model says. */
  readonly temperature?: number;
  /** Sample among so many of the most likely tokens; 0: all. */
  readonly topK?: number;
  /** Sample among the fewest tokens whose probabilities reach this sum; 1: all. */
  readonly topP?: number;
  /** Sample among tokens with at least this part of the probability of the most likely; 0: all. */
  readonly minP?: number;
  /** Logits of tokens in the text are made smaller by this factor (CTRL, Keskar et al. 2019); 1: none. */
  readonly repetitionPenalty?: number;
  /** So many tokens in a row occur once in a text; 0: as often as they come. */
  readonly noRepeatNgramSize?: number;
  /** Texts after which a sequence ends. */
  readonly stopStrings?: readonly string[];
  /** Continuations of each row. */
  readonly numReturnSequences?: number;
  /** Sequences that beam search follows; 1: none. */
  readonly numBeams?: number;
  /** Beam search divides a sequence's log-probability by its length to the power of this. */
  readonly lengthPenalty?: number;
  /** When beam search has enough. */
  readonly earlyStopping?: EarlyStopping;
  /** What it asks for and `generate` does not do, as `"penalty_alpha": 0.6`, with the file. */
  readonly notImplemented?: string;
}
