// Values of @huggingface/jinja, whose classes the library does not export: they are made by what it exports.
import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import type { RuntimeValue } from "./python-text.js";

/** The value that stands for a number, a text, a boolean, null, undefined, or a list or object of these. */
export function runtimeValue(plain: unknown): RuntimeValue {
  return new Environment().set("value", plain);
}

/** A list of values. */
export function arrayValue(values: readonly RuntimeValue[]): RuntimeValue {
  return Object.assign(runtimeValue([]), { value: values });
}

/** A tuple of values. */
export function tupleValue(values: readonly RuntimeValue[]): RuntimeValue {
  const tuple = Open.prototype.evaluate(TUPLE, new Environment());
  return Object.assign(tuple, { value: values });
}

const Open = Interpreter as unknown as {
  readonly prototype: { evaluate(statement: unknown, environment: Environment): RuntimeValue };
};
const [TUPLE] = parse(tokenize("{{ (0, 0) }}")).body;
