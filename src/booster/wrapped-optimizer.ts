// What a boosted optimizer has of the one that it was made of: its groups, and what it remembers.
import {
  type Optimizer,
  optimizerText,
  type ParameterState,
  type ParamGroup,
  type StateDescription,
} from "../optim/optimizer.js";
import { type HeldPart, isSliceable } from "../optim/slices.js";
import type { Scaling } from "../optim/update-rule.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";

/** Another optimizer within this one. */
export abstract class WrappedOptimizer implements Optimizer {
  /** The optimizer that this one wraps, or the one given. */
  static within(optimizer: Optimizer): Optimizer {
    return optimizer instanceof WrappedOptimizer ? optimizer.inner : optimizer;
  }

  protected readonly inner: Optimizer;

  constructor(inner: Optimizer) {
    this.inner = inner;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return optimizerText(`${this.inner.constructor.name}, boosted`, this.paramGroups);
  }

  /** The optimizer given to `boost`. */
  unwrap(): Optimizer {
    return this.inner;
  }

  /** Those of the optimizer that was boosted. */
  get paramGroups(): readonly ParamGroup[] {
    return this.inner.paramGroups;
  }

  abstract step(): void;
  abstract stepScaled(by: Scaling): void;
  abstract zeroGrad(): void;

  /** What is remembered of a parameter; where ranks share it, what this rank has (`partOf`). Undefined before its first update. */
  stateOf(parameter: Parameter): ParameterState | undefined {
    return this.inner.stateOf(parameter);
  }
  describeState(parameter: Parameter): StateDescription {
    return this.inner.describeState(parameter);
  }
  /** Of what whole tensor that of `stateOf` by this name is a part; undefined where it is the whole, on all ranks. */
  partOf(parameter: Parameter, name: string): HeldPart | undefined {
    return isSliceable(this.inner) ? this.inner.partOf(parameter, name) : undefined;
  }
  /** Takes over a state that `stateOf` gave, in this process or in the one that saved it. */
  loadState(parameter: Parameter, state: ParameterState): void {
    this.inner.loadState(parameter, state);
  }
  useMasterWeights(originals: ReadonlyMap<Parameter, Tensor>): void {
    this.inner.useMasterWeights(originals);
  }
}
