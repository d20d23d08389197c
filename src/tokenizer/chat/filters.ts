// Filters of Python's Jinja 3.1 (https://jinja.palletsprojects.com/en/stable/templates/#builtin-filters) on the values of
// @huggingface/jinja, for those that the library refuses or does otherwise: on null and what is undefined, on texts in characters
// instead of code units, with all arguments. What stands in no table here (tojson, dictsort, abs, safe) is the library's.
import { CHOOSING_FILTERS } from "./choosing-filters.js";
import {
  argument,
  attributeOf,
  type Filter,
  type FilterArguments,
  isIterable,
  isTrue,
  itemsOf,
  textOf,
} from "./filter-values.js";
import { capitalized, codePoints, pythonLines, stripped, titled } from "./python-methods.js";
import { pythonText, type RuntimeValue } from "./python-text.js";
import { arrayValue, runtimeValue, tupleValue } from "./runtime-value.js";

/** The filter of that name, if it is one of these. */
export function ownFilter(name: string): Filter | undefined {
  return FILTERS.get(name);
}

/** What the library makes JSON of, which lets undefined pass for null and knows no tuples. */
export function jsonOperand(operand: RuntimeValue): RuntimeValue {
  if (operand.type === "UndefinedValue") throw new Error("what is undefined has no JSON");
  return operand.type === "TupleValue" ? arrayValue(itemsOf(operand)) : operand;
}

/** A filter that makes a text of a text, and of what is none the text that str() makes of it. */
function ofText(change: (text: string, given: FilterArguments) => string): Filter {
  return (operand, given) => runtimeValue(change(pythonText(operand), given));
}

const length: Filter = (operand) => {
  const type = operand.type;
  if (isIterable(operand)) return runtimeValue(itemsOf(operand).length);
  throw new Error(`a ${type} has no length`);
};

const byDefault: Filter = (operand, given) => {
  const isMissing =
    operand.type === "UndefinedValue" ||
    (isTrue(argument(given, 1, "boolean")) && !isTrue(operand));
  return isMissing ? (argument(given, 0, "default_value") ?? runtimeValue("")) : operand;
};

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["trim", ofText((text, given) => stripped(text, textOf(given, 0, "chars")))],
  ["upper", ofText((text) => text.toUpperCase())],
  ["lower", ofText((text) => text.toLowerCase())],
  ["capitalize", ofText(capitalized)],
  ["title", ofText(titled)],
  ["string", ofText((text) => text)],
  ["replace", ofText(replaced)],
  ["indent", indented],
  ["length", length],
  ["count", length],
  ["default", byDefault],
  ["d", byDefault],
  ["list", (operand) => arrayValue(itemsOf(operand))],
  ["first", (operand) => itemsOf(operand)[0] ?? runtimeValue(undefined)],
  ["last", (operand) => itemsOf(operand).at(-1) ?? runtimeValue(undefined)],
  ["reverse", reversed],
  ["join", joined],
  ["items", pairs],
  ["unique", unique],
  ["sort", sorted],
  [
    "int",
    (operand, given) => wholeNumber(operand) ?? argument(given, 0, "default") ?? runtimeValue(0),
  ],
  ["float", (operand, given) => floating(operand) ?? argument(given, 0, "default") ?? float(0)],
  ...CHOOSING_FILTERS,
]);

function replaced(text: string, given: FilterArguments): string {
  const [old, by] = [textOf(given, 0, "old"), textOf(given, 1, "new")];
  if (old === undefined || by === undefined) throw new Error("replace takes what and by what");
  const count = argument(given, 2, "count");
  if (count === undefined || count.type === "NullValue") return text.replaceAll(old, () => by);
  const parts = old === "" ? ["", ...codePoints(text), ""] : text.split(old);
  const first = parts.slice(0, (count.value as number) + 1);
  const rest = parts.slice((count.value as number) + 1);
  return first.join(by) + rest.map((part) => old + part).join("");
}

function indented(operand: RuntimeValue, given: FilterArguments): RuntimeValue {
  if (operand.type !== "StringValue") throw new Error(`indent takes a text, got a ${operand.type}`);
  const width = argument(given, 0, "width") ?? runtimeValue(4);
  const by =
    width.type === "StringValue"
      ? (width.value as string)
      : " ".repeat(Math.max(0, width.value as number));
  const alsoBlank = isTrue(argument(given, 2, "blank"));
  const [first = "", ...lines] = pythonLines(operand.value as string);
  const rest = lines.map((line) => (line === "" && !alsoBlank ? line : by + line));
  const begin = isTrue(argument(given, 1, "first")) ? by : "";
  return runtimeValue(begin + [first, ...rest].join("\n"));
}

function reversed(operand: RuntimeValue): RuntimeValue {
  const items = itemsOf(operand).toReversed();
  if (operand.type !== "StringValue") return arrayValue(items);
  return runtimeValue(items.map(pythonText).join(""));
}

function joined(operand: RuntimeValue, given: FilterArguments): RuntimeValue {
  const attribute = argument(given, 1, "attribute");
  const items = itemsOf(operand);
  const told = attribute === undefined ? items : items.map((item) => attributeOf(item, attribute));
  return runtimeValue(told.map(pythonText).join(textOf(given, 0, "d") ?? ""));
}

function pairs(operand: RuntimeValue): RuntimeValue {
  if (operand.type === "UndefinedValue") return arrayValue([]);
  if (operand.type !== "ObjectValue")
    throw new Error(`items takes a mapping, got a ${operand.type}`);
  const entries = [...(operand.value as ReadonlyMap<string, RuntimeValue>)];
  return arrayValue(entries.map(([name, value]) => tupleValue([runtimeValue(name), value])));
}

function unique(operand: RuntimeValue, given: FilterArguments): RuntimeValue {
  const [minds, attribute] = [
    isTrue(argument(given, 0, "case_sensitive")),
    argument(given, 1, "attribute"),
  ];
  const seen = new Set<string>();
  const kept = itemsOf(operand).filter((item) => {
    const value = attribute === undefined ? item : attributeOf(item, attribute);
    if (UNHASHABLE.has(value.type)) throw new Error(`unique cannot compare a ${value.type}`);
    const text = pythonText(value);
    const key = `${value.type} ${minds ? text : text.toLowerCase()}`;
    return !seen.has(key) && seen.add(key);
  });
  return arrayValue(kept);
}

const UNHASHABLE = new Set(["ArrayValue", "ObjectValue"]);

function sorted(operand: RuntimeValue, given: FilterArguments): RuntimeValue {
  const [isDown, minds] = [0, 1].map((at) =>
    isTrue(argument(given, at, ["reverse", "case_sensitive"][at] as string)),
  );
  const attribute = argument(given, 2, "attribute");
  const keyed = itemsOf(operand).map((item) => ({ item, key: keyOf(item, attribute, minds) }));
  keyed.sort(({ key: a }, { key: b }) => (isDown ? compared(b, a) : compared(a, b)));
  return arrayValue(keyed.map(({ item }) => item));
}

function keyOf(item: RuntimeValue, attribute: RuntimeValue | undefined, minds = false): unknown {
  const { type, value } = attribute === undefined ? item : attributeOf(item, attribute);
  if (type === "BooleanValue") return Number(value);
  return type === "StringValue" && !minds ? (value as string).toLowerCase() : value;
}

/** Numbers among numbers, texts among texts by their characters. */
function compared(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string")
    throw new Error(`sort cannot compare ${typeof a} and ${typeof b}`);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** int(): undefined where the default stands for it. */
function wholeNumber(operand: RuntimeValue): RuntimeValue | undefined {
  const text = operand.type === "StringValue" ? stripped(operand.value as string) : "";
  if (/^[+-]?\d+(_\d+)*$/.test(text)) return runtimeValue(Number(text.replaceAll("_", "")));
  const number = floating(operand)?.value as number | undefined;
  return number === undefined || !Number.isFinite(number)
    ? undefined
    : runtimeValue(Math.trunc(number));
}

function floating({ type, value }: RuntimeValue): RuntimeValue | undefined {
  if (type === "UndefinedValue") throw new Error("what is undefined is no number");
  if (type === "IntegerValue" || type === "FloatValue" || type === "BooleanValue")
    return float(Number(value));
  const text = type === "StringValue" ? stripped(value as string) : "";
  return FLOAT.test(text) ? float(Number(text.replaceAll("_", ""))) : undefined;
}

const FLOAT = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?$/i;

/** Whole numbers become integers without this. */
function float(number: number): RuntimeValue {
  return Object.assign(runtimeValue(0.5), { value: number });
}
