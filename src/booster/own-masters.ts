// The masters that an optimizer is saved with are weights, in full precision. Where it is loaded alone they must be those of the
// model, or loading the two in another order would give other weights.
import { storedTensor } from "../checkpoint/assemble.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { StoredTensors } from "../checkpoint/parts-folder.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import { heldOf } from "../tensor/weights-owner.js";
import { hasMasters, type NamedOptimizer, partName, withState } from "./optimizer-parts.js";
import type { SavedOptimizer } from "./training-state.js";

/** Types that a model is saved in, from any of which this one may have been loaded. */
const SAVED = ["float32", "bfloat16", "float16"] as const;

/** @throws CheckpointError when a master, rounded, is another weight than the model has */
export function requireOwnMasters(
  { model }: NamedOptimizer,
  saved: SavedOptimizer,
  parts: StoredTensors,
): void {
  if (!hasMasters(parts)) return;
  for (const [name, parameter] of withState(model, saved)) {
    if (isMaster(parts, partName(name, "master"), parameter)) continue;
    throw new CheckpointError(
      `holds the weights in full precision of another model than the one given, whose ${name} differs, and loading it would ` +
        "replace them; load what was saved with it first, with loadModel(), and other weights after it",
      { path: parts.path },
    );
  }
}

function isMaster(parts: StoredTensors, name: string, parameter: Parameter): boolean {
  return scoped(() => {
    const { dtype, device } = parameter;
    const { numbers, of } = heldOf(parameter); // each rank looks at what it has
    const master = of(storedTensor(parts, name)).to({ device });
    return SAVED.some((type) => {
      const same = master.to(type).to(dtype).isclose(numbers, 0, 0, true);
      return same.all().item() === 1;
    });
  });
}
