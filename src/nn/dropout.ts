// Dropout (Srivastava et al. 2014): while training, elements become zero at random and the others grow by 1 / (1 - p).
import { number, requireValue } from "../arguments/checks.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { dropout } from "../tensor/functional.js";
import type { Tensor } from "../tensor/tensor.js";
import { Layer } from "./layer.js";

/** Zeroes elements at random while training; the others grow by 1 / (1 - p) (Srivastava et al. 2014). */
export class Dropout extends Layer {
  /** Probability that an element becomes zero. */
  readonly p: number;

  /** @param p probability of an element to become zero */
  constructor(p = 0.5, ...more: never[]) {
    super(String(p));
    refuseSurplus("new Dropout(p)", more, "layers do not work in place");
    requireValue("new Dropout: p", p, number({ min: 0, max: 1 }));
    this.p = p;
  }

  /** The same, as any layer says that drops while training. */
  get dropoutRate(): number {
    return this.p;
  }

  /** x itself after `eval()` */
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return dropout(x, this.p, { training: this.training });
  }
}
