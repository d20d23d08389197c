// The filters that go through a list with another filter, a test or an attribute, and the tests that the library lacks.
import {
  attributeOf,
  type Filter,
  type FilterArguments,
  type FilterContext,
  isTrue,
  itemsOf,
} from "./filter-values.js";
import { pythonText, type RuntimeValue } from "./python-text.js";
import { arrayValue } from "./runtime-value.js";

/** By their names. */
export const CHOOSING_FILTERS: readonly (readonly [string, Filter])[] = [
  ["map", mapped],
  ["select", selected(true)],
  ["reject", selected(false)],
  ["selectattr", selectedByAttribute(true)],
  ["rejectattr", selectedByAttribute(false)],
];

/** A test of that name that the library lacks. */
export function ownTest(
  name: string,
): ((...values: readonly RuntimeValue[]) => boolean) | undefined {
  return TESTS.get(name);
}

const TESTS: ReadonlyMap<string, (...values: readonly RuntimeValue[]) => boolean> = new Map([
  ["==", isEqual],
  ["ne", (value?: RuntimeValue, other?: RuntimeValue) => !isEqual(value, other)],
  ["!=", (value?: RuntimeValue, other?: RuntimeValue) => !isEqual(value, other)],
  ["in", isIn],
]);

function isEqual(value?: RuntimeValue, other?: RuntimeValue): boolean {
  return value?.value === other?.value;
}

function isIn(value?: RuntimeValue, container?: RuntimeValue): boolean {
  if (value === undefined || container === undefined) throw new Error('"in" takes what it is in');
  if (value.type === "StringValue" && container.type === "StringValue")
    return (container.value as string).includes(value.value as string);
  return itemsOf(container).some((item) => isEqual(item, value));
}

function mapped(
  operand: RuntimeValue,
  given: FilterArguments,
  context: FilterContext,
): RuntimeValue {
  if (!isTrue(operand)) return arrayValue([]);
  const [name, ...positional] = given.positional;
  const attribute = given.named.get("attribute");
  if (name !== undefined) {
    const rest = { positional, named: given.named };
    return arrayValue(itemsOf(operand).map((item) => context.filter(pythonText(name), item, rest)));
  }
  if (attribute === undefined) throw new Error('map takes a filter or "attribute"');
  const absent = given.named.get("default");
  return arrayValue(
    itemsOf(operand).map((item) => {
      const value = attributeOf(item, attribute);
      return value.type === "UndefinedValue" ? (absent ?? value) : value;
    }),
  );
}

function selected(isKept: boolean): Filter {
  return (operand, { positional: [test, ...more] }, context) =>
    kept(operand, (item) => passes(item, { test, more, context }) === isKept);
}

function selectedByAttribute(isKept: boolean): Filter {
  return (operand, { positional: [attribute, test, ...more] }, context) => {
    if (attribute === undefined) throw new Error("selectattr and rejectattr take an attribute");
    return kept(
      operand,
      (item) => passes(attributeOf(item, attribute), { test, more, context }) === isKept,
    );
  };
}

/** Nothing of what counts as false: Python's filters that choose ask for that first. */
function kept(operand: RuntimeValue, isKept: (item: RuntimeValue) => boolean): RuntimeValue {
  return arrayValue(isTrue(operand) ? itemsOf(operand).filter(isKept) : []);
}

function passes(
  value: RuntimeValue,
  test: {
    readonly test: RuntimeValue | undefined;
    readonly more: readonly RuntimeValue[];
    readonly context: FilterContext;
  },
): boolean {
  if (test.test === undefined) return isTrue(value);
  return test.context.holds(pythonText(test.test), [value, ...test.more]);
}
