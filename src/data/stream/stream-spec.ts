// All that a stream's steps depend on, but for the tokenizer: it can be sent to a thread.
import { BadRows } from "../rows/bad-rows.js";
import { rowShapeOf, type SupervisedOptions } from "../supervised-options.js";
import type { ChatEncoder } from "../tokenize-content.js";
import { type StreamContent, StreamExamples } from "./stream-examples.js";
import { type StreamPosition, type StreamSettings, StreamSteps } from "./stream-steps.js";

export interface StreamSpec {
  readonly content: StreamContent;
  readonly options: Omit<SupervisedOptions, "tokenizer">;
  readonly settings: StreamSettings;
  readonly begin: StreamPosition;
}

export function stepsOf(
  { content, options, settings, begin }: StreamSpec,
  tokenizer: ChatEncoder,
): StreamSteps {
  const whole = { ...options, tokenizer };
  const { badRowsFile, ...others } = whole;
  const isWriter = settings.rank === 0; // all ranks read all rows
  const bad = new BadRows(isWriter ? whole : others);
  if (begin.position === 0 && begin.epoch === 0) bad.begin();
  const examples = new StreamExamples(content, whole, bad);
  return new StreamSteps(examples, rowShapeOf("StreamingDataset", whole), { settings, begin });
}
