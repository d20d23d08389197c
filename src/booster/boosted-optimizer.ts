// The optimizer as Booster hands it back: it waits for the ranks' gradients and clips them as it updates, in one pass.
import { requireValue } from "../arguments/checks.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { wholly } from "../host/index.js";
import { clipTo } from "../optim/clip-grad-norm.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Scaling } from "../optim/update-rule.js";
import { aTensor } from "../tensor/arguments.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { GradientOwner } from "../tensor/gradient-owner.js";
import type { Parameter } from "../tensor/parameter.js";
import { backward } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";
import type { AsBoosted } from "./as-boosted.js";
import type { BufferBroadcast } from "./buffer-broadcast.js";
import { product } from "./factors.js";
import { GradientScale } from "./gradient-scale.js";
import type { GradientSync } from "./gradient-sync.js";
import type { LossScaler } from "./loss-scaler.js";
import { MeasuredGradients } from "./measured-gradients.js";
import { PlanError } from "./plan.js";
import { RememberedNorm } from "./remembered-norm.js";
import type { ShardedStore } from "./sharded-store.js";
import { StepGradients } from "./step-gradients.js";
import { areZeroed, stepScaling } from "./step-scaling.js";
import { StepTokens, seedOf } from "./step-tokens.js";
import { refuseLossOfNone } from "./weighed-loss.js";
import { WrappedOptimizer } from "./wrapped-optimizer.js";

export interface BoostedOptimizerOptions {
  /** How gradients are reduced among ranks; undefined where one rank trains alone. */
  readonly sync: GradientSync | undefined;
  /** Where ranks share the update; it gave `sync`. */
  readonly store?: ShardedStore | undefined;
  /** Makes the ranks' buffers equal where they are to be. */
  readonly buffers?: BufferBroadcast | undefined;
  /** Clip the global gradient norm to this before each step. */
  readonly maxNorm: number | undefined;
  /** Scales losses, for float16. */
  readonly scaler?: LossScaler | undefined;
  /** Whether the model is still what it was. */
  readonly asBoosted?: AsBoosted;
  /** Called when a step has been made. */
  readonly afterStep?: () => void;
}

/** The optimizer that `Booster.boost` hands back: waits for the ranks' gradients, clips and updates in one pass. */
export class BoostedOptimizer extends WrappedOptimizer implements GradientOwner {
  readonly #options: BoostedOptimizerOptions;
  readonly #norm = new RememberedNorm();
  readonly #measured = new MeasuredGradients();
  readonly #gradients: StepGradients;
  #numSteps = 0;
  #numPasses = 0;
  #numPending = 0;
  /** Passes since gradients were reduced over ranks. */
  #numLocal = 0;
  readonly #tokens = new StepTokens();
  readonly #scale: GradientScale;

  constructor(inner: Optimizer, options: BoostedOptimizerOptions) {
    super(inner);
    this.#options = options;
    const { asBoosted, scaler } = options;
    this.#gradients = new StepGradients(() => this.#parameters(), options.sync);
    const title = `the ${inner.constructor.name}${asBoosted === undefined ? "" : ` of ${asBoosted.modelName}`}`;
    this.#scale = new GradientScale(title, scaler, this.#parameters());
  }

  /** How gradients are reduced among ranks; undefined where one rank trains alone. */
  get sync(): GradientSync | undefined {
    return this.#options.sync;
  }

  /** Where ranks share the update. */
  get store(): ShardedStore | undefined {
    return this.#options.store;
  }

  /** Norm of all gradients at the last step, before clipping; until the first one, of those there are. */
  get gradNorm(): number {
    const { value } = this.#norm;
    return value ?? noGrad(() => this.#gradients.norm(this.#unscaling()));
  }

  /** Steps made since it was boosted, or as a rank that was ahead had made them. */
  get numSteps(): number {
    return this.#numSteps;
  }
  /** Backward passes that the gradients are the sum of; 0 when there are none. */
  get numPasses(): number {
    return this.#gradients.areThere ? this.#numPasses : 0;
  }
  /** Those among them that no step has used. */
  get numPendingPasses(): number {
    return Math.min(this.numPasses, this.#numPending);
  }
  /** Counts on from where another rank stands, whose weights and state this one has taken over. */
  continueFrom(numSteps: number): void {
    this.#numSteps = numSteps;
  }

  /** Scales losses, in float16. */
  get scaler(): LossScaler | undefined {
    return this.#options.scaler;
  }

  /**
   * A backward pass over the boosted model; of all ranks, also where the loss depends on none of its parameters.
   * @param tokens () int64: the loss is the mean over so many, and the step's gradients are those of the mean over all
   */
  backward(loss: Tensor, tokens?: Tensor): void {
    requireValue("backward: loss", loss, aTensor);
    if (tokens !== undefined) requireValue("backward: tokens", tokens, aTensor);
    this.requireAsBoosted("backward");
    this.requireWholeStep("backward");
    if (
      this.#numPasses > 0 &&
      (this.numPasses === 0 ||
        (this.#numPending === 0 && areZeroed(() => this.#gradients.numbers())))
    )
      this.#forgetPasses();
    this.#tokens.requireKind(tokens);
    const before = this.#numPasses;
    const factor = product(tokens && seedOf(tokens), this.#options.scaler?.scale);
    using _ = this.#scale.begin(tokens);
    backward(factor === undefined ? loss : loss.float().mul(factor));
    if (this.#numPasses > before) return;
    if (this.sync === undefined) refuseLossOfNone();
    this.passEnded(); // other ranks' losses may reach some
  }

  requireWholeStep(of: string): void {
    this.store?.requireWhole(of);
  }

  gradientComing(parameter: Parameter): void {
    this.requireAsBoosted("backward");
    this.#options.sync?.noteComing(parameter);
  }

  gradientReady(parameter: Parameter): void {
    this.#options.sync?.noteReady(parameter);
  }

  memoryReplaced(parameter: Parameter): void {
    this.#options.asBoosted?.noteReplaced(parameter);
  }

  strangersReached(isOne: (parameter: Parameter) => boolean): void {
    this.#options.asBoosted?.requireNone(isOne);
  }

  /** @throws PlanError when the model was converted or moved since it was boosted */
  requireAsBoosted(of: string): void {
    this.#options.asBoosted?.require(of);
  }

  /**
   * The pass may be one that another boosted optimizer has begun: its tokens are then those of this one's step too.
   * @throws TypeError for gradients of a loss that was not scaled, which the step would divide all the same, PlanError for
   *   those of one that another scaled
   */
  passEnded(): void {
    const { sync, buffers, asBoosted } = this.#options;
    const tokens = this.#scale.tokensOfPass(asBoosted?.parameters() ?? []);
    if (sync !== undefined) asBoosted?.requireFrozen();
    this.#measured.forget();
    this.#numPasses += 1;
    this.#numPending += 1;
    sync?.finish();
    this.#numLocal = sync !== undefined && sync.numPauses > 0 ? this.#numLocal + 1 : 0;
    if (sync?.numPauses === 0) buffers?.broadcast();
    this.#tokens.add(tokens, sync);
  }

  /** @throws PlanError where ranks have slices of the gradients, which are not those of parameters */
  requireGradients(of: string): void {
    this.#gradients.requireThoseOfParameters(of);
  }

  gradientDropped(parameter: Parameter): void {
    this.sync?.sliced?.forget(parameter);
  }

  /** @throws TypeError in float16 once the step is made: the scale may be another since */
  gradientScale(of: string): Tensor | undefined {
    if (this.#options.scaler !== undefined && this.numPasses > 0 && this.#numPending === 0) {
      throw new TypeError(
        `${of}: the step with these float16 gradients is made, and their scale is no longer known; take optimizer.gradNorm, or call ${of} or optimizer.clipGradByNorm(maxNorm) before the step`,
      );
    }
    return this.#unscaling();
  }

  gradientsUsed(optimizer: object): void {
    if (optimizer !== this.inner || this.numPasses === 0) return;
    throw new PlanError(
      "step",
      `${this.inner.constructor.name} was given to boost(), and the gradients are scaled, clipped and averaged for the optimizer that boost() returned`,
      "call step() of that one",
    );
  }

  /** Drops the gradients, which may be complete or averaged in part only. */
  passFailed(): void {
    this.#options.sync?.restore();
    this.zeroGrad();
  }

  /** Norm of all gradients as those of the losses, before the step. The step clips by it: leave gradients as they are until then. */
  measureGradNorm(): number {
    return noGrad(() => this.#measured.measure(this.#gradients.numbers(), this.#unscaling()));
  }

  /** Scales the gradients to a global norm of at most `maxNorm`; returns the norm before. */
  clipGradByNorm(maxNorm: number): number {
    const norm = noGrad(() => {
      const gradients = this.#gradients.tensors();
      const { norm } = this.#gradients.numbers() ?? {};
      return clipTo(maxNorm, { gradients, norm, scale: this.#unscaling() });
    });
    this.#norm.set(norm);
    this.#measured.forget();
    this.#measured.isClipped = true;
    return norm;
  }

  /**
   * Updates with clipped gradients; those of the parameters stay as they are unless `clipGradByNorm` came before.
   * @throws CheckpointError, once the step is made, when a save in the background has failed on any rank
   */
  step(...more: never[]): void {
    refuseSurplus("step()", more, "go forward and backward before it");
    this.stepScaled({});
  }

  /** As `step`, the gradients scaled before they are clipped. */
  stepScaled(by: Scaling): void {
    this.requireAsBoosted("step");
    if (this.#gradients.areThere) this.#scale.requireOwn();
    this.#gradients.requireAveraged();
    noGrad(() => {
      const scaling = this.#scaling(by);
      wholly(() => {
        if (this.store === undefined) this.inner.stepScaled(scaling);
        else this.store.step(scaling);
        if (scaling.skipIf !== undefined) this.#options.scaler?.update(scaling.skipIf);
        this.#numSteps += 1;
        this.#numPending = 0;
        this.#measured.forget();
      });
    });
    this.#options.afterStep?.();
  }

  zeroGrad(): void {
    this.inner.zeroGrad();
    this.#options.sync?.drop();
    this.#forgetPasses();
  }

  #scaling(by: Scaling): Scaling {
    const { maxNorm, scaler } = this.#options;
    const { scaling, norm } = stepScaling(by, {
      unscaling: this.#unscaling(),
      maxNorm,
      skipsOverflow: scaler !== undefined,
      isClipped: this.#measured.isClipped,
      measured: () => this.#measured.of(() => this.#gradients.numbers()),
    });
    if (norm !== undefined) this.#norm.set(norm);
    return scaling;
  }

  /** () float32: what the gradients are to be multiplied by; undefined where they are as they should be. */
  #unscaling(): Tensor | undefined {
    this.#requireReduced();
    const { sync, scaler } = this.#options;
    return product(this.#tokens.factor(sync), scaler?.scale.reciprocal());
  }

  /** @throws PlanError when each rank has gradients of its own, with which their weights would part */
  #requireReduced(): void {
    if (this.#numLocal === 0 || this.numPasses === 0) return;
    throw new PlanError(
      "step",
      "the last backward pass was under noSync, so gradients differ between ranks",
      "leave noSync before the last pass of a step",
    );
  }

  #forgetPasses(): void {
    this.#numPasses = 0;
    this.#numPending = 0;
    this.#numLocal = 0;
    this.#measured.forget();
    this.#scale.forget();
    this.#tokens.forget();
  }

  #parameters(): Parameter[] {
    return this.paramGroups.flatMap((group) => group.parameters);
  }
}
