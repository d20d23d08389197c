// One of several: the front end knows labels and an index, a notebook labels and values.

import { kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { requireNames } from "../arguments/options.js";
import { controlModel, type Labelled, labelled } from "./models.js";
import type { Listener } from "./widget.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

/** Labels, or labels and their values. */
export type Options<V> = readonly V[] | Readonly<Record<string, V>>;

/** What a control for one of several is made from. */
export interface SelectionOptions<V> extends Partial<Labelled> {
  /** A list of values, or an object of labels and values. */
  readonly options: Options<V>;
  /** The first option unless given. */
  readonly value?: V;
}

interface SelectionProperties extends Labelled {
  /** Texts of the options, as the protocol calls them. */
  _optionsLabels: readonly string[];
  /** Position of the chosen option; null is none. */
  index: number | null;
}

const Base: WidgetClass<SelectionProperties> = widgetClass<SelectionProperties>("Selection", {
  model: controlModel("Selection"),
  defaults: () => ({ ...labelled(), _optionsLabels: [], index: null }),
});

const someChoices = kind<Options<unknown>>(
  "a list of choices, or an object of labels and values",
  (value) => typeof value === "object" && value !== null,
);

/** What the kinds of selection share. */
export class Selection<V> extends Base {
  readonly #values: readonly V[];

  constructor(given: SelectionOptions<V>) {
    requireNames(`new ${new.target.name}`, given, ["options", "value", ...Object.keys(labelled())]);
    requireValue(`new ${new.target.name}: options`, given.options, someChoices);
    const { options, value, ...rest } = given;
    const isList = Array.isArray(options);
    const values: readonly V[] = isList ? options : Object.values(options as Record<string, V>);
    const first = values.length > 0 ? 0 : null;
    const index = value === undefined ? first : indexOf(new.target.name, values, value);
    const labels = isList ? values.map(String) : Object.keys(options);
    super({ ...rest, _optionsLabels: labels, index });
    this.#values = values;
  }

  /** The chosen value; undefined when nothing is chosen. */
  get value(): V | undefined {
    return this.index === null ? undefined : this.#values[this.index];
  }
  set value(value: V) {
    this.index = indexOf(this.constructor.name, this.#values, value);
  }

  /** Calls `listener` whenever another value is chosen; returns what stops it. */
  override onChange(listener: Listener<V | undefined>): () => void {
    const at = (index: number | null) => (index === null ? undefined : this.#values[index]);
    return this.observe("index", (index, previous) => listener(at(index), at(previous)));
  }
}

/** One of several, from a list that opens. */
export class Dropdown<V = string> extends Selection<V> {
  /** What the front end builds it from. */
  static readonly model = controlModel("Dropdown");
}

/** One of several, in a list. */
export class Select<V = string> extends Selection<V> {
  /** What the front end builds it from. */
  static readonly model = controlModel("Select");
}

/** One of several, each with a round button. */
export class RadioButtons<V = string> extends Selection<V> {
  /** What the front end builds it from. */
  static readonly model = controlModel("RadioButtons");
}

function indexOf<V>(of: string, values: readonly V[], value: V): number {
  const index = values.indexOf(value);
  if (index >= 0) return index;
  throw new RangeError(
    `${of}: value must be one of its options, ${values.map(describeValue).join(" or ")}, got ${describeValue(value)}`,
  );
}
