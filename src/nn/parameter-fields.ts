// Fields that hold parameters take parameters only, as in PyTorch: a plain tensor in the place of a weight would be one that no
// optimizer trains and no checkpoint keeps. They are accessors over a slot. Fields of one name share both, so that V8 gives all
// layers of a class one hidden class; where an accessor replaces a field that is there already it keeps properties in a
// dictionary instead, and each read of a weight takes ten times as long.
import { describeValue } from "../arguments/describe-value.js";
import { Parameter } from "../tensor/parameter.js";

type Held = Parameter | null | undefined;

/** What the fields of one name have in common. */
interface Field {
  readonly slot: symbol;
  readonly accessor: PropertyDescriptor;
}

const fields = new Map<string, Field>();

/**
 * Makes `name` a field of `module` that holds `value`, and refuses anything but parameters, null and undefined. The class says
 * `declare readonly NAME`, for a field that it initialised would be there already.
 */
export function holdParameter(module: object, name: string, value: Held): void {
  const { slot, accessor } = fieldNamed(name);
  Object.defineProperty(module, slot, { value, writable: true });
  Object.defineProperty(module, name, accessor);
}

/** The same for the parameters in fields that are there already, as in a learner's own modules. */
export function guardParameters(module: object): void {
  for (const [name, value] of Object.entries(module))
    if (value instanceof Parameter && !isGuarded(module, name)) holdParameter(module, name, value);
}

function isGuarded(module: object, name: string): boolean {
  return Object.getOwnPropertyDescriptor(module, name)?.get !== undefined;
}

function fieldNamed(name: string): Field {
  let field = fields.get(name);
  if (field === undefined) {
    const slot = Symbol(name);
    field = { slot, accessor: accessorOf(name, slot) };
    fields.set(name, field);
  }
  return field;
}

function accessorOf(name: string, slot: symbol): PropertyDescriptor {
  return {
    get(this: { [slot]?: Held }): Held {
      return this[slot];
    },
    set(this: { [slot]?: Held }, value: Held): void {
      if (!(value === null || value === undefined || value instanceof Parameter)) {
        throw new TypeError(
          `${this.constructor.name}.${name} must be a Parameter or null, got ${describeValue(value)}; a tensor becomes one by new Parameter(x), and x.copy_ under noGrad changes its numbers`,
        );
      }
      this[slot] = value;
    },
    enumerable: true,
    configurable: true,
  };
}
