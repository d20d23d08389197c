// Classes of controls from a table of their properties: each has an accessor for every property, and its constructor
// takes them as options and refuses what it does not know.

import { number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { requireNames, unknownOption } from "../arguments/options.js";
import { type Model, Widget } from "./widget.js";

export type WidgetClass<P extends object> = new (options?: Partial<P>) => Widget<P> & P;

/** Says what is wrong with the properties, if anything is. */
export type Check<P> = (properties: P) => string | undefined;

export interface Description<P extends object> {
  readonly model: Model;
  /** Made anew for each widget: some defaults are widgets. */
  readonly defaults: () => P;
  readonly check?: Check<P>;
}

/** A class whose instances have the properties of `defaults`; subclasses may name another `static model`. */
export function widgetClass<P extends object>(
  name: string,
  description: Description<P>,
): WidgetClass<P> {
  const { model, defaults, check } = description;
  class Control extends Widget<P> {
    constructor(options: Partial<P> = {}) {
      requireNames(`new ${name}`, options, names);
      const initial = defaults();
      for (const [key, value] of Object.entries(options)) refuseWrong(name, initial, key, value);
      const values = { ...initial, ...adoptAll(initial, options) };
      refuse(name, check?.(values));
      super((new.target as { model?: Model }).model ?? model, values);
    }

    change(key: keyof P & string, value: unknown): void {
      const initial = defaults();
      refuseWrong(name, initial, key, value);
      const present = Object.fromEntries(names.map((each) => [each, this.get(each)])) as P;
      refuse(name, check?.({ ...present, [key]: value }));
      this.set(key, adopt(initial[key], value) as P[keyof P & string]);
    }

    read(key: keyof P & string): unknown {
      return this.get(key);
    }
  }
  const names = Object.keys(defaults()) as (keyof P & string)[];
  for (const key of names) {
    Object.defineProperty(Control.prototype, key, {
      get(this: Control) {
        return this.read(key);
      },
      set(this: Control, value: unknown) {
        this.change(key, value);
      },
      enumerable: true,
      configurable: true,
    });
  }
  Object.defineProperty(Control, "name", { value: name });
  return Control as unknown as WidgetClass<P>;
}

/** A plain object where a widget belongs, such as a layout, becomes one. */
function adopt(fallback: unknown, value: unknown): unknown {
  if (!(fallback instanceof Widget) || value instanceof Widget) return value;
  return new (fallback.constructor as new (options: unknown) => unknown)(value);
}

function adoptAll<P extends object>(initial: P, options: Partial<P>): Partial<P> {
  const entries = Object.entries(options).map(([key, value]) => [
    key,
    adopt(initial[key as keyof P], value),
  ]);
  return Object.fromEntries(entries) as Partial<P>;
}

function refuseWrong(name: string, defaults: object, key: string, value: unknown): void {
  const known = Object.keys(defaults);
  if (!known.includes(key)) throw new TypeError(unknownOption(name, key, known));
  const fallback = (defaults as Record<string, unknown>)[key];
  if (fallback === null || fallback === undefined) return;
  const [wanted, given] = [kindOf(fallback), kindOf(value)];
  if (wanted === "number") requireValue(`${name}: ${key}`, value, number());
  if (wanted === given) return;
  throw new TypeError(
    `${name}: ${key} must be ${KINDS[wanted] ?? wanted}, got ${describeValue(value)}`,
  );
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  list: "a list",
  object: "an object",
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem !== undefined) throw new RangeError(`${name}: ${problem}`);
}
