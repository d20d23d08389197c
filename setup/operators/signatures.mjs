// The call signatures of an operator in TypeScript. Arguments are positional, then one object with options: keyword
// arguments, and those with defaults that were not given by position. An `out` overload is an option of its functional form.
import { inputType, resultType } from "./types.mjs";

const RESERVED = new Set([
  "in",
  "function",
  "default",
  "new",
  "var",
  "with",
  "this",
  "enum",
  "void",
  "from",
]);

/** roundingMode for rounding_mode; a trailing underscore (in place) stays. */
export function camelCase(name) {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter) => letter.toUpperCase());
}

/**
 * Signatures of all overloads, without doubles.
 * @param {object} operator
 * @param {{ isMethod: boolean, spell: (name: string) => string }} style how they are written:
 *   `isMethod` leaves `self` out, and returns `this` from in-place forms
 *   `spell` says how names of arguments are written
 */
export function signaturesOf(operator, style) {
  const lines = new Map();
  for (const overload of mergeOut(operator.overloads).toSorted(byScalars)) {
    const shape = shapeOf(overload, style);
    if (shape === undefined) continue;
    if (takesOneInteger(operator)) shape.takesLengths = false;
    const result = resultOf(operator, overload, style);
    for (const parameters of parameterLists(shape)) {
      const signature = `(${parameters}): ${result}`;
      if (!lines.has(signature)) lines.set(signature, defaultsOf(overload, style));
    }
  }
  return [...lines].map(([signature, defaults]) => ({ signature, defaults }));
}

/** True for view(2, 3) beside view([2, 3]): a list of integers is the only positional argument, as Python's rule is. */
export function takesLengths(operator) {
  const signatures = signaturesOf(operator, { isMethod: true, spell: camelCase });
  return signatures.some(({ signature }) => signature.startsWith("(..."));
}

/** True when an overload's first argument is one integer: chunks in hsplit(2), no list of lengths. */
function takesOneInteger({ overloads }) {
  return overloads.some(({ arguments: list }) => list[1]?.type === "int");
}

function resultOf(operator, overload, { isMethod, spell }) {
  const isInPlace = operator.name.endsWith("_") && overload.returns.length === 1;
  return isMethod && isInPlace ? "this" : resultType(overload.returns, spell);
}

/** Functional overloads, each with the `out` arguments that an overload of otherwise equal arguments adds. */
function mergeOut(overloads) {
  const key = ({ arguments: list }) =>
    JSON.stringify(list.filter(({ isOut }) => !isOut).map(({ name, type }) => [name, type]));
  const functional = overloads.filter((overload) => !overload.arguments.some(({ isOut }) => isOut));
  const known = new Map(functional.map((overload) => [key(overload), overload]));
  const alone = [];
  const outs = new Map();
  for (const overload of overloads) {
    if (functional.includes(overload)) continue;
    if (known.has(key(overload))) outs.set(key(overload), overload);
    else alone.push(overload);
  }
  const merged = functional.map((overload) => {
    const out = outs.get(key(overload))?.arguments.filter(({ isOut }) => isOut) ?? [];
    return { ...overload, arguments: [...overload.arguments, ...out.map(optional)] };
  });
  return [...merged, ...alone];
}

/** Tensor arguments before scalars, as the addon tries them. */
function byScalars(a, b) {
  const count = ({ arguments: list }) => list.filter(({ type }) => type === "number").length;
  return count(a) - count(b);
}

function optional(argument) {
  return { ...argument, hasDefault: true };
}

function shapeOf(overload, { isMethod, spell }) {
  const all = overload.arguments;
  if (isMethod && !(all[0]?.name === "self" && all[0].type === "Tensor")) return undefined;
  const rest = (isMethod ? all.slice(1) : all).map((argument) => ({
    ...argument,
    label: spell(argument.name),
    tsType: inputType(argument),
  }));
  const positional = rest.filter(({ isKeyword }) => !isKeyword);
  const firstOptional = positional.findIndex(({ hasDefault }) => hasDefault);
  const split = firstOptional < 0 ? positional.length : firstOptional;
  return {
    required: positional.slice(0, split),
    optional: positional.slice(split),
    keywords: rest.filter(({ isKeyword }) => isKeyword),
    areNamed: isMethod && split > 0 && positional.slice(0, split).every(isByName),
    takesLengths:
      isMethod && positional.length === 1 && positional[0].tsType === "readonly number[]",
  };
}

/** Numbers, and what else is no tensor, are often given by name: softmax({ dim: -1 }). */
function isByName({ tsType }) {
  return !tsType.includes("Tensor");
}

/** x.f(a, first?, {rest}), x.f(a, {first, rest}), x.f(a, first, second, ..., {keywords}), and x.f({a, first, rest}). */
function parameterLists({ required, optional: defaults, keywords, areNamed, takesLengths }) {
  const lists = [];
  const [first, ...others] = defaults;
  lists.push(list(required, first && [first], options([...others, ...keywords])));
  if (first) lists.push(list(required, [], options(defaults.concat(keywords), { must: true })));
  if (others.length > 0) lists.push(list(required, defaults, options(keywords)));
  if (areNamed) lists.push(list([], [], options([...required, ...defaults, ...keywords])));
  if (takesLengths && required.length === 1)
    lists.unshift(`...${identifier(required[0].label)}: number[]`);
  return lists;
}

function list(required, defaults = [], last) {
  const typed = ({ label, tsType }, mark) => `${identifier(label)}${mark}: ${tsType}`;
  const mark = last?.startsWith("options:") ? "" : "?"; // TypeScript: nothing required after something optional
  return [
    ...required.map((argument) => typed(argument, "")),
    ...defaults.map((argument) => typed(argument, mark)),
    ...(last ? [last] : []),
  ].join(", ");
}

function options(fields, { must = false } = {}) {
  if (fields.length === 0) return undefined;
  const isNeeded = must || fields.some(({ hasDefault }) => !hasDefault);
  const inner = fields.map(
    ({ label, tsType, hasDefault }) => `${label}${hasDefault ? "?" : ""}: ${tsType}`,
  );
  return `options${isNeeded ? "" : "?"}: { ${inner.join("; ")} }`;
}

function identifier(name) {
  return RESERVED.has(name) ? `${name}_` : name;
}

function defaultsOf(overload, { spell }) {
  return overload.arguments
    .filter(({ hasDefault, isOut }) => hasDefault && !isOut)
    .map((argument) => `${spell(argument.name)} = ${defaultText(argument)}`)
    .join(", ");
}

const REDUCTIONS = ["none", "mean", "sum"];

function defaultText({ name, type, default: value }) {
  if (name === "reduction" && type === "int") return JSON.stringify(REDUCTIONS[value]);
  return JSON.stringify(value).replaceAll(",", ", ");
}
