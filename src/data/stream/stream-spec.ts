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
  const examples = new StreamExamples(content, whole, new BadRows());
  return new StreamSteps(examples, rowShapeOf("StreamingDataset", whole), { settings, begin });
}
