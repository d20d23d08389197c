// Tensors that stand for their shapes for a while: programs run with them as with numbers, and neither read nor allocate any. Each
// object shows a tensor on "meta" in the meantime, and afterwards what it was, unread numbers and owners included.
import { wholly } from "../host/index.js";
import type { Handle } from "../native/native.js";
import { empty } from "./create.js";
import { DEFERRED, type Deferring } from "./deferred-numbers.js";
import type { DType } from "./dtype.js";
import type { GradientOwner } from "./gradient-owner.js";
import { KEEPER, OWNER, Parameter } from "./parameter.js";
import { rngState, setRngState } from "./random.js";
import { ID, scoped } from "./scope.js";
import type { Tensor } from "./tensor.js";
import type { WeightsOwner } from "./weights-owner.js";

interface Shown {
  [ID]: Handle;
  [DEFERRED]?: Deferring[typeof DEFERRED];
  [OWNER]?: GradientOwner | undefined;
  [KEEPER]?: WeightsOwner | undefined;
}

/**
 * Runs `body` while `tensors` are on "meta", without gradients; an interrupt waits until it returns, and generators go on as if nothing
 * had been drawn.
 * @param dtypeOf element type that each has there
 */
export function asShapes<T>(
  tensors: Iterable<Tensor>,
  dtypeOf: (tensor: Tensor) => DType,
  body: () => T,
): T {
  const all = [...new Set(tensors)];
  return wholly(() =>
    scoped(() => {
      const generator = rngState();
      const restore = all.map((tensor) => showShape(tensor, dtypeOf(tensor)));
      try {
        return body();
      } finally {
        for (const each of restore) each();
        setRngState(generator);
      }
    }),
  );
}

/** Returns what shows the numbers again. */
function showShape(tensor: Tensor, dtype: DType): () => void {
  const { shape, requiresGrad } = tensor;
  const made = empty(shape, { dtype, device: "meta" });
  if (requiresGrad) made.requiresGrad = true;
  const shown = tensor as unknown as Shown;
  const before = { [ID]: shown[ID], [DEFERRED]: shown[DEFERRED] };
  const owners = { [OWNER]: shown[OWNER], [KEEPER]: shown[KEEPER] };
  shown[ID] = made[ID];
  if (before[DEFERRED] !== undefined) shown[DEFERRED] = undefined;
  if (tensor instanceof Parameter)
    Object.assign(shown, { [OWNER]: undefined, [KEEPER]: undefined });
  return () => {
    shown[ID] = before[ID];
    if (before[DEFERRED] !== undefined) shown[DEFERRED] = before[DEFERRED];
    if (tensor instanceof Parameter) Object.assign(shown, owners);
    made.dispose();
  };
}
