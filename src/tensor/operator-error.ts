// What an operator refuses, in the words of who called it: PyTorch's schemas become the calls that JavaScript writes.
import { camelCase } from "../arguments/cases.js";
import { describeValue } from "../arguments/describe-value.js";
import { nearest } from "../arguments/nearest.js";
import { overflowError } from "./overflow.js";
import { isTensor } from "./scope.js";

/** A call that libtorch refused. */
export interface Refused {
  readonly error: unknown;
  /** Of all overloads, as PyTorch prints them. */
  readonly schemas: readonly string[];
  readonly args: readonly unknown[];
  /** The tensor whose method it was. */
  readonly self: unknown;
}

const NO_OVERLOAD = /^no overload of /;
const UNKNOWN_OPTION = /^unknown option `(\w+)`/;
const NEEDS_FRACTIONS = /floating.point|not implemented for '(Long|Int|Short|Char|Byte|Bool)'/i;
const WRITES_TO_OPTIONS = /\*, .*\(\w!\) \w+.* ->/;
const MAX_FORMS = 6;

/** Names that NumPy has for options of PyTorch. */
const SYNONYMS: Readonly<Record<string, string>> = { axis: "dim", keepdims: "keepdim" };

/** The error to throw for it; errors that say enough are given back. */
export function operatorError({ error, schemas, args, self }: Refused): unknown {
  if (!(error instanceof Error)) return error;
  const name = callName(schemas[0] ?? "", self);
  const overflow = overflowError(name, error, args);
  if (overflow !== undefined) return overflow;
  const problem = problemOf(error.message, { name, schemas, args, self });
  if (problem === undefined) return named(error, { name, schemas, args, self });
  const forms = [...new Set(schemas.flatMap((schema) => formOf(schema, name, self) ?? []))];
  const shown = forms.slice(0, MAX_FORMS).map((form) => `\n  ${form}`);
  return new TypeError(`${problem}; it takes:${shown.join("")}`, { cause: error });
}

function problemOf(
  message: string,
  { name, schemas, args, self }: { name: string } & Omit<Refused, "error">,
): string | undefined {
  const option = UNKNOWN_OPTION.exec(message)?.[1];
  if (option !== undefined) {
    const names = [...new Set(schemas.flatMap((schema) => argumentsOf(schema)))].map(spell(self));
    const near = SYNONYMS[option] ?? nearest(option, names)[0];
    return `${name} has no option ${option}${near === undefined ? "" : `; did you mean ${near}?`}`;
  }
  if (!NO_OVERLOAD.test(message)) return undefined;
  const of = self === undefined ? "" : `, x being ${describeValue(self)}`;
  return `${name} does not take (${args.map(describeValue).join(", ")})${of}`;
}

/** The call under the name that the caller wrote; where fractions must be and whole numbers are, how to convert them. */
function named(
  error: Error,
  { name, schemas, args, self }: { name: string } & Omit<Refused, "error">,
): Error {
  const atens = /^\w+::\w+/.exec(schemas[0] ?? "")?.[0] ?? "";
  if (!error.message.startsWith(`${atens}: `)) return error;
  const message = error.message.replace(atens, name);
  const whole = [self, ...args].find(isWhole);
  if (whole === undefined || !NEEDS_FRACTIONS.test(message))
    return new Error(message, { cause: error });
  const hint = `convert ${describeValue(whole)} with x.float(), or make it with dtype: "float32"`;
  return new TypeError(`${message}; ${hint}`, { cause: error });
}

function isWhole(value: unknown): boolean {
  return isTensor(value) && /^(u?int|bool)/.test(String((value as { dtype?: unknown }).dtype));
}

/** `x.maskedFill` for a method, else `ops.aten.masked_fill`. */
function callName(schema: string, self: unknown): string {
  const [, space = "aten", name = ""] = /^(\w+)::(\w+)/.exec(schema) ?? [];
  if (name === "_to_copy") return "x.to";
  return self === undefined ? `ops.${space}.${name}` : `x.${camelCase(name)}`;
}

/** `x.sum(dim: whole numbers, keepdim = false, { dtype })`; undefined for forms that write to `out`. */
function formOf(schema: string, name: string, self: unknown): string | undefined {
  if (WRITES_TO_OPTIONS.test(schema)) return undefined;
  const parts = parametersOf(schema);
  const star = parts.indexOf("*");
  const begin = self === undefined ? 0 : 1;
  const positional = parts.slice(begin, star === -1 ? undefined : star).map(parameterText(self));
  const options = star === -1 ? [] : parts.slice(star + 1).map(parameterText(self));
  const braces = options.length === 0 ? [] : [`{ ${options.join(", ")} }`];
  return `${name}(${[...positional, ...braces].join(", ")})`;
}

function argumentsOf(schema: string): string[] {
  return parametersOf(schema).flatMap((part) => {
    const name = part === "*" ? "self" : nameOf(part);
    return name === "self" ? [] : [name];
  });
}

/** The parts between the outer parentheses; commas inside brackets belong to a default. */
function parametersOf(schema: string): string[] {
  const inside = schema.slice(schema.indexOf("(") + 1, schema.lastIndexOf(") ->"));
  return inside.split(/,\s*(?![^[(]*[\])])/).filter((part) => part !== "");
}

function parameterText(self: unknown): (part: string) => string {
  return (part) => {
    const [, type = "", value] = /^(.*?) \w+(?:=(.*))?$/.exec(part) ?? [];
    const name = spell(self)(nameOf(part));
    return value === undefined ? `${name}: ${typeText(type)}` : `${name} = ${valueText(value)}`;
  };
}

function nameOf(part: string): string {
  return / (\w+)(?:=.*)?$/.exec(part)?.[1] ?? part;
}

const TYPES: readonly (readonly [schema: RegExp, text: string])[] = [
  [/^Tensor(\(.*\))?\?\[\]|^Tensor(\(.*\))?\[\]/, "list of tensors"],
  [/^Tensor/, "tensor"],
  [/^(int|SymInt)\[/, "list of whole numbers"],
  [/^(int|SymInt)/, "whole number"],
  [/^ScalarType/, "dtype"],
  [/^(float|Scalar)\[/, "list of numbers"],
  [/^(float|Scalar)/, "number"],
  [/^bool/, "true or false"],
  [/^str/, "text"],
  [/^Device/, "device"],
];

function typeText(type: string): string {
  const text = TYPES.find(([schema]) => schema.test(type))?.[1] ?? type;
  return type.endsWith("?") ? `${text} or null` : text;
}

function valueText(value: string): string {
  const words: Record<string, string> = { None: "null", True: "true", False: "false" };
  return words[value] ?? value.replace(/(?<=\d)\.$/, "");
}

function spell(self: unknown): (name: string) => string {
  return self === undefined ? (name) => name : camelCase;
}
