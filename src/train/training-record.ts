// What a training leaves in its folder beside checkpoints: the losses on held-out rows and what the model said, evaluation by
// evaluation, and the best weights.
import fs from "node:fs";
import { join } from "node:path";
import { aPath, boolean, integer, requireValue, text } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import type { Booster } from "../booster/booster.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { removeSeries, stepsSaved } from "../checkpoint/latest-checkpoint.js";
import { anEvaluation, type Evaluation, readEvaluations, writeEvaluations } from "./evaluation.js";
import { EvaluationTable } from "./evaluation-table.js";
import { aBooster } from "./options.js";

/** Where a training stands that opens its record. */
export interface OpenRecordOptions {
  /** Optimizer steps done. */
  readonly step: number;
  /** Whether what another training left there is removed. Default false. */
  readonly overwrite?: boolean | undefined;
}

const FILE = "evaluations.json";
const BEST = "best";

/** The evaluations of a training, in a file of its folder and as a table that grows. */
export class TrainingRecord {
  /** Where the training keeps everything. */
  readonly folder: string;
  readonly #evaluations: Evaluation[];
  readonly #isFirst: boolean;
  readonly #table = new EvaluationTable();

  private constructor(folder: string, evaluations: Evaluation[], isFirst: boolean) {
    this.folder = folder;
    this.#evaluations = evaluations;
    this.#isFirst = isFirst;
    if (isFirst) this.#table.show(evaluations, this.best);
  }

  /**
   * The record of the training in a folder, up to a step; a new one at step 0. All ranks call it.
   * @throws CheckpointError when the folder holds checkpoints of later steps, unless `overwrite`
   */
  static async open(
    booster: Booster,
    folder: string,
    options: OpenRecordOptions,
  ): Promise<TrainingRecord> {
    requireValue("TrainingRecord.open: booster", booster, aBooster);
    requireValue("TrainingRecord.open: folder", folder, aPath);
    checkOptions("TrainingRecord.open", options, { step: integer({ min: 0 }), overwrite: boolean });
    requireValue("TrainingRecord.open: step", options.step, integer({ min: 0 }));
    const { step, overwrite = false } = options;
    const isFirst = booster.rank === 0;
    await booster.job.all(() => {
      if (!isFirst) return;
      if (overwrite && step === 0) clear(folder);
      requireNoneLater(folder, step);
      fs.mkdirSync(folder, { recursive: true });
    });
    const evaluations = step === 0 ? [] : readEvaluations(join(folder, FILE));
    const until = evaluations.filter((evaluation) => evaluation.step <= step);
    return new TrainingRecord(folder, until, isFirst);
  }

  /** The oldest first. */
  get evaluations(): readonly Evaluation[] {
    return this.#evaluations;
  }

  /** The newest; undefined before the first. */
  get last(): Evaluation | undefined {
    return this.#evaluations.at(-1);
  }

  /** The first with the lowest loss; undefined where there is no number yet. */
  get best(): Evaluation | undefined {
    const numbers = this.#evaluations.filter(({ heldOutLoss }) => Number.isFinite(heldOutLoss));
    return numbers.reduce<Evaluation | undefined>(
      (best, one) => (best === undefined || one.heldOutLoss < best.heldOutLoss ? one : best),
      undefined,
    );
  }

  /** Evaluations since the best. */
  get numSinceBest(): number {
    const { best, last } = this;
    if (best === undefined || best === last) return 0;
    return this.#evaluations.length - 1 - this.#evaluations.indexOf(best);
  }

  /** Where the best weights are. */
  get bestFolder(): string {
    return join(this.folder, BEST);
  }

  /** Writes one more evaluation, and shows it. */
  add(evaluation: Evaluation): void {
    requireValue("add: evaluation", evaluation, anEvaluation);
    this.#evaluations.push(evaluation);
    if (!this.#isFirst) return;
    writeEvaluations(join(this.folder, FILE), this.#evaluations);
    this.#table.show(this.#evaluations, this.best);
  }

  /** Says something below the table. */
  tell(note: string): void {
    requireValue("tell: note", note, text);
    if (this.#isFirst) this.#table.tell(note);
  }

  [Symbol.for("Jupyter.display")](): unknown {
    return this.#table.bundle();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#table.toString();
  }
}

/** @throws CheckpointError when there are checkpoints of later steps, which would be taken for this training's */
function requireNoneLater(folder: string, step: number): void {
  const latest = Math.max(...stepsSaved(folder));
  if (latest <= step) return;
  throw new CheckpointError(
    `holds a training up to step ${latest}, and this one is at step ${step}. Go on with that one, by ` +
      "booster.loadCheckpoint(folder, parts) before, or give another folder, or overwrite: true",
    { path: folder },
  );
}

/** Removes what an earlier training left. */
function clear(folder: string): void {
  removeSeries(folder);
  for (const name of [FILE, BEST]) fs.rmSync(join(folder, name), { recursive: true, force: true });
}
