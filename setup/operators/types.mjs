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

/** The type of what an operator returns: nothing, one value, or several, by the names of the schema where it has them. */
export function resultType(returns, spell) {
  if (returns.length === 0) return "void";
  if (returns.length === 1) return outputType(returns[0].type);
  if (!returns.every(({ name }) => /^\w+$/.test(name) && name !== ""))
    return `[${returns.map(({ type }) => outputType(type)).join(", ")}]`;
  const parts = returns.map(({ name, type }) => `${spell(name)}: ${outputType(type)}`);
  return `Results<[${parts.join(", ")}], { ${parts.join("; ")} }>`;
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
