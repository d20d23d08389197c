// What filters read of their operand and arguments.
import { codePoints } from "./python-methods.js";
import { pythonText, type RuntimeValue } from "./python-text.js";
import { runtimeValue } from "./runtime-value.js";

/** What stands behind a filter's name in parentheses. */
export interface FilterArguments {
  readonly positional: readonly RuntimeValue[];
  readonly named: ReadonlyMap<string, RuntimeValue>;
}

/** What filters ask of the interpreter that runs. */
export interface FilterContext {
  /** Applies the filter of that name. */
  filter(name: string, operand: RuntimeValue, given: FilterArguments): RuntimeValue;
  /** Whether the test of that name holds. @throws when there is none */
  holds(name: string, values: readonly RuntimeValue[]): boolean;
}

export type Filter = (
  operand: RuntimeValue,
  given: FilterArguments,
  context: FilterContext,
) => RuntimeValue;

export function argument(
  { positional, named }: FilterArguments,
  at: number,
  name: string,
): RuntimeValue | undefined {
  return positional[at] ?? named.get(name);
}

/** An argument that is given and not none. */
export function textOf(given: FilterArguments, at: number, name: string): string | undefined {
  const value = argument(given, at, name);
  return value === undefined || value.type === "NullValue" ? undefined : pythonText(value);
}

export function isTrue(value: RuntimeValue | undefined): boolean {
  return value?.__bool__().value === true;
}

export function isIterable({ type }: RuntimeValue): boolean {
  return ITERABLE.has(type);
}

const ITERABLE = new Set([
  "ArrayValue",
  "TupleValue",
  "ObjectValue",
  "StringValue",
  "UndefinedValue",
]);

/** What a loop over it sees: nothing of what is undefined. @throws for what cannot be gone through */
export function itemsOf(operand: RuntimeValue): readonly RuntimeValue[] {
  switch (operand.type) {
    case "ArrayValue":
    case "TupleValue":
      return operand.value as RuntimeValue[];
    case "ObjectValue":
      return [...(operand.value as ReadonlyMap<string, unknown>).keys()].map(runtimeValue);
    case "StringValue":
      return codePoints(operand.value as string).map(runtimeValue);
    case "UndefinedValue":
      return [];
    default:
      throw new Error(`a ${operand.type} cannot be gone through`);
  }
}

/** "a.b" is b of a, whole numbers are places in lists; undefined where there is none. */
export function attributeOf(item: RuntimeValue, attribute: RuntimeValue): RuntimeValue {
  let value = item;
  for (const part of pythonText(attribute).split(".")) {
    const found =
      value.type === "ObjectValue"
        ? (value.value as ReadonlyMap<string, RuntimeValue>).get(part)
        : /^\d+$/.test(part) && isIterable(value)
          ? itemsOf(value)[Number(part)]
          : undefined;
    if (found === undefined) return runtimeValue(undefined);
    value = found;
  }
  return value;
}
