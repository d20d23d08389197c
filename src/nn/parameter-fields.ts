// Fields that hold parameters take parameters only, as in PyTorch: a plain tensor in the place of a weight would be one that no
// optimizer trains and no checkpoint keeps.
import { describeValue } from "../arguments/describe-value.js";
import { Parameter } from "../tensor/parameter.js";

/** Makes the fields of `module` that hold parameters refuse anything else but null and undefined. */
export function guardParameters(module: object): void {
  for (const [name, value] of Object.entries(module))
    if (value instanceof Parameter && !isGuarded(module, name))
      Object.defineProperty(module, name, guarded(`${module.constructor.name}.${name}`, value));
}

function isGuarded(module: object, name: string): boolean {
  return Object.getOwnPropertyDescriptor(module, name)?.get !== undefined;
}

function guarded(what: string, first: Parameter): PropertyDescriptor {
  let held: Parameter | null | undefined = first;
  const set = (value: Parameter | null | undefined): void => {
    if (!(value === null || value === undefined || value instanceof Parameter)) {
      throw new TypeError(
        `${what} must be a Parameter or null, got ${describeValue(value)}; a tensor becomes one by new Parameter(x), and x.copy_ under noGrad changes its numbers`,
      );
    }
    held = value;
  };
  return { get: () => held, set, enumerable: true, configurable: true };
}
