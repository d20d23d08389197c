// A value in a few words, for errors that say what was given.

const LONGEST = 80;

/** `"abc"`, `3`, `[0.9]`, `a Tensor float32[2, 3]`, `a function`; never longer than a line. */
export function describeValue(value: unknown): string {
  const text = whole(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function whole(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function")
    return value.name === "" ? "a function" : `the function ${value.name}`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.slice(0, LONGEST).map(describeValue).join(", ")}]`;
  const name = className(value);
  if (name !== "Object") return `a ${name}${tensorText(value)}`;
  const entries = Object.entries(value).slice(0, LONGEST);
  return `{ ${entries.map(([key, one]) => `${key}: ${describeValue(one)}`).join(", ")} }`;
}

/** Generators and the like are of classes without a name. */
function className(value: object): string {
  const name = value.constructor?.name ?? "Object";
  return name === "" ? Object.prototype.toString.call(value).slice("[object ".length, -1) : name;
}

/** dtype and shape of what has both. */
function tensorText(value: object): string {
  if (!("dtype" in value && "shape" in value && Array.isArray(value.shape))) return "";
  return ` ${value.dtype}[${value.shape.join(", ")}]`;
}
