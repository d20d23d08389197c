// By what the gradients of a boosted optimizer were multiplied: a backward pass scales its loss by the tokens and the loss scale of
// the one that began it, and may reach parameters of others.
import { type OpenEffect, openEffect } from "../host/index.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { LossScaler } from "./loss-scaler.js";
import { PlanError } from "./plan.js";

/** The pass that a boosted optimizer has begun. */
let pass: { readonly by: GradientScale; readonly tokens: Tensor | undefined } | undefined;
/** Of the boosted optimizer that updates a parameter. */
const trainers = new WeakMap<Parameter, WeakRef<GradientScale>>();

export class GradientScale {
  readonly #title: string;
  readonly #scaler: LossScaler | undefined;
  /** Another that scaled gradients of these parameters. */
  #scaledBy: GradientScale | undefined;

  /**
   * @param title of the optimizer, for messages
   * @param parameters that it updates
   */
  constructor(title: string, scaler: LossScaler | undefined, parameters: readonly Parameter[]) {
    this.#title = title;
    this.#scaler = scaler;
    for (const parameter of parameters) trainers.set(parameter, new WeakRef(this));
  }

  /** A pass begins, until what it returns is closed. */
  begin(tokens: Tensor | undefined): OpenEffect {
    pass = { by: this, tokens };
    return openEffect(() => {
      pass = undefined;
    }, "call");
  }

  /**
   * Of how many tokens the loss was the mean, whoever began the pass; undefined for a bare loss.
   * @param parameters of the model
   * @throws TypeError for gradients of a loss that was not scaled, which the step would divide all the same, PlanError for
   *   those of one that another scaled
   */
  tokensOfPass(parameters: Iterable<Parameter>): Tensor | undefined {
    if (this.#scaler !== undefined && pass === undefined)
      throw new TypeError(
        "loss.backward() does not scale the loss, as float16 needs; call booster.backward(loss, optimizer)",
      );
    this.#requireSameScaler();
    if (pass?.tokens !== undefined || this.#scaler !== undefined) this.#noteOthers(parameters);
    return pass?.tokens;
  }

  /** @throws PlanError when the pass of another scaled the gradients */
  requireOwn(): void {
    if (this.#scaledBy === undefined) return;
    throw new PlanError(
      "step",
      `the gradients of ${this.#title} were scaled in a backward pass for ${this.#scaledBy.#title}, boosted with the same model after it`,
      "boost a model with one optimizer, whose groups may have rates of their own",
    );
  }

  /** For gradients that were dropped. */
  forget(): void {
    this.#scaledBy = undefined;
  }

  #requireSameScaler(): void {
    if (pass === undefined || pass.by === this || this.#scaler === pass.by.#scaler) return;
    throw new PlanError(
      "backward",
      `the pass, begun with ${pass.by.#title}, also reached parameters of ${this.#title}, and float16 scales the losses of each by itself`,
      "boost one model that holds both with one optimizer, or train in bf16 or fp32",
    );
  }

  /** A model boosted with two optimizers tells the latter of its passes; what the former updates was scaled all the same. */
  #noteOthers(parameters: Iterable<Parameter>): void {
    for (const parameter of parameters) {
      const trainer = trainers.get(parameter)?.deref();
      if (trainer !== undefined && trainer !== this && trainer !== pass?.by)
        trainer.#scaledBy = this;
    }
  }
}
