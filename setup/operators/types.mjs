// TypeScript types for the types of an operator schema.

const SCALARS = {
  Tensor: "Tensor",
  number: "Scalar",
  int: "number",
  float: "number",
  bool: "boolean",
  str: "string",
  Device: "string",
  ScalarType: "DType",
  Layout: "Layout",
  MemoryFormat: "MemoryFormat",
  Generator: "Generator",
};

/** The type that an argument of a schema takes. */
export function inputType({ name, type, size }) {
  if (name === "reduction" && type === "int") return "Reduction";
  const [, inner] = /^Optional\[(.+)\]$/.exec(type) ?? [];
  if (inner !== undefined) return `${inputType({ name, type: inner, size })} | null`;
  const [, item] = /^List\[(.+)\]$/.exec(type) ?? [];
  if (item === undefined) return scalar(type);
  const element = inputType({ name: "", type: item, size: null });
  const list = element.includes("|") ? `readonly (${element})[]` : `readonly ${element}[]`;
  return size !== null && item === "int" ? `number | ${list}` : list;
}

/** The type of what an operator returns: nothing, one value, or a tuple with the names of the schema. */
export function resultType(returns) {
  if (returns.length === 0) return "void";
  if (returns.length === 1) return outputType(returns[0].type);
  const named = returns.every(({ name }) => /^\w+$/.test(name) && name !== "");
  const parts = returns.map(({ name, type }) =>
    named ? `${name}: ${outputType(type)}` : outputType(type),
  );
  return `[${parts.join(", ")}]`;
}

function outputType(type) {
  const [, item] = /^List\[(.+)\]$/.exec(type) ?? [];
  if (item !== undefined) return `${outputType(item)}[]`;
  return type === "number" || type === "ScalarType" ? "number" : scalar(type);
}

function scalar(type) {
  const found = SCALARS[type];
  if (found === undefined) throw new Error(`no TypeScript type for the schema type ${type}`);
  return found;
}
