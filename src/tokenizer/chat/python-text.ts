// Values of a template as Python's str() writes them.

/** A value of @huggingface/jinja. */
export interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
  /** Whether it counts as true. */
  __bool__(): { readonly value: unknown };
  toString(): string;
}

/** What `{{ value }}` writes. */
export function pythonText(value: RuntimeValue): string {
  if (value.type === "UndefinedValue") return "";
  return value.type === "StringValue" ? (value.value as string) : written(value);
}

function written(value: RuntimeValue): string {
  switch (value.type) {
    case "UndefinedValue":
      return "Undefined";
    case "NullValue":
      return "None";
    case "BooleanValue":
      return value.value === true ? "True" : "False";
    case "StringValue":
      return quoted(value.value as string);
    case "ArrayValue":
      return `[${(value.value as RuntimeValue[]).map(written).join(", ")}]`;
    case "TupleValue": {
      const values = (value.value as RuntimeValue[]).map(written);
      return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
    }
    case "ObjectValue": {
      const entries = [...(value.value as ReadonlyMap<string, RuntimeValue>)];
      return `{${entries.map(([name, one]) => `${quoted(name)}: ${written(one)}`).join(", ")}}`;
    }
    default:
      return value.toString();
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Characters that Python does not print are escaped by their number. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t]|[\p{C}\p{Z}]|'/gu, (character) => {
    if (character === "'") return quote === "'" ? "\\'" : character;
    if (character === " ") return character;
    return ESCAPES[character] ?? escapedNumber(character.codePointAt(0) as number);
  });
  return quote + escaped + quote;
}

function escapedNumber(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
