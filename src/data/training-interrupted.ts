// How a training loop ends when the person interrupts it: between two steps.

/** The person asked to stop; model, optimizer and data position are those after the last finished step. */
export class TrainingInterrupted extends Error {
  override readonly name = "TrainingInterrupted";

  constructor() {
    super(
      "stopped between two steps: model and optimizer are as after the last one; run the loop again to go on",
    );
  }
}
