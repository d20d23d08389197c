// How a text that is streamed ends when the person interrupts its cell: between two tokens.

/** The person asked to stop; the text so far has been given. */
export class GenerationInterrupted extends Error {
  override readonly name = "GenerationInterrupted";
  /** The text until then. */
  readonly text: string;

  constructor(text: string) {
    super("stopped between two tokens: the text so far has been given, the model is as it was");
    this.text = text;
  }
}
