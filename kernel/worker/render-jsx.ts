// JSX as HTML: a React element of HTML elements, fragments and components that are functions of their properties. What needs
// React itself to run (state, effects, classes) has no picture here and is shown as an object.

const ELEMENT = [Symbol.for("react.element"), Symbol.for("react.transitional.element")];
const FRAGMENT = Symbol.for("react.fragment");
const MAX_DEPTH = 100;
/** Elements that have no end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const RENAMED: Readonly<Record<string, string>> = { className: "class", htmlFor: "for" };

interface JsxElement {
  readonly type: unknown;
  readonly props: Readonly<Record<string, unknown>>;
}

export function isJsx(value: object): value is JsxElement {
  return ELEMENT.includes(Object.getOwnPropertyDescriptor(value, "$$typeof")?.value as symbol);
}

/** HTML of an element; throws for what only React can run. */
export function jsxHtml(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`JSX more than ${MAX_DEPTH} elements deep`);
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (typeof value !== "object") return escaped(String(value));
  if (Array.isArray(value)) return value.map((child) => jsxHtml(child, depth + 1)).join("");
  if (!isJsx(value)) throw new TypeError("an object is no child of JSX");
  const { type, props } = value;
  if (type === FRAGMENT) return jsxHtml(props["children"], depth + 1);
  if (typeof type === "function")
    return jsxHtml((type as (props: unknown) => unknown)(props), depth + 1);
  if (typeof type !== "string") throw new TypeError("only React can show this component");
  return elementHtml(type, props, depth);
}

function elementHtml(type: string, props: JsxElement["props"], depth: number): string {
  const attributes = Object.entries(props).map(attributeText).join("");
  if (VOID.test(type)) return `<${type}${attributes}>`;
  const raw = (props["dangerouslySetInnerHTML"] as { __html?: unknown } | undefined)?.__html;
  const inside = raw === undefined ? jsxHtml(props["children"], depth + 1) : String(raw);
  return `<${type}${attributes}>${inside}</${type}>`;
}

/** Handlers are left out: nobody would hear them. */
function attributeText([name, value]: [string, unknown]): string {
  if (name === "children" || name === "dangerouslySetInnerHTML" || typeof value === "function")
    return "";
  if (value === false || value === null || value === undefined) return "";
  const key = RENAMED[name] ?? name;
  if (value === true) return ` ${key}`;
  const isStyle = name === "style" && typeof value === "object";
  return ` ${key}="${escaped(isStyle ? styleText(value) : String(value))}"`;
}

function styleText(style: object): string {
  const unitless = /^(?:opacity|zIndex|flex|fontWeight|lineHeight|order)/;
  return Object.entries(style)
    .map(([name, value]) => {
      const key = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const isLength = typeof value === "number" && value !== 0 && !unitless.test(name);
      return `${key}: ${value}${isLength ? "px" : ""}`;
    })
    .join("; ");
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
