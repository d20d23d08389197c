// A module as a tree: what it consists of, the shape and type of each parameter, how many there are and how many of them
// train. Neighbours that look the same are one line. As text, and as HTML whose branches open and close.

import { Parameter } from "../tensor/parameter.js";

/** What of a module the description needs; `children` are its parameters and sub-modules by name. */
export interface Described {
  readonly title: string;
  readonly children: readonly (readonly [name: string, child: Parameter | Described])[];
}

interface Line {
  readonly text: string;
  readonly below: readonly Line[];
}

export function describeAsText(module: Described): string {
  const lines = (line: Line, indent: string): string[] => [
    indent + line.text,
    ...line.below.flatMap((each) => lines(each, `${indent}  `)),
  ];
  return lines(lineOf("", module, 1), "").join("\n");
}

export function describeAsHtml(module: Described): string {
  const row = ({ text, below }: Line, depth: number): string => {
    if (below.length === 0) return `<div style="margin-left:1.1em">${escapeHtml(text)}</div>`;
    const inner = below.map((each) => row(each, depth + 1)).join("");
    const open = depth < 2 ? " open" : "";
    return `<details${open}><summary>${escapeHtml(text)}</summary><div style="margin-left:1.1em">${inner}</div></details>`;
  };
  const style =
    "font-family:var(--jp-code-font-family,monospace);font-size:var(--jp-code-font-size,13px)";
  return `<div style="${style}">${row(lineOf("", module, 1), 0)}</div>`;
}

/** One line for `count` modules that look the same. */
function lineOf(name: string, module: Described, count: number): Line {
  const parameters = [...new Set(parametersOf(module))];
  const total = parameters.reduce((sum, { numel }) => sum + numel, 0);
  const frozen = parameters.reduce(
    (sum, { numel, requiresGrad }) => sum + (requiresGrad ? 0 : numel),
    0,
  );
  const counted =
    total === 0 ? "" : `  ${total.toLocaleString("en")} parameters${count > 1 ? " each" : ""}`;
  const training = frozen === 0 ? "" : `, ${(total - frozen).toLocaleString("en")} trainable`;
  const title = `${name}${name && ": "}${module.title}${count > 1 ? ` × ${count}` : ""}`;
  return { text: `${title}${counted}${training}`, below: linesBelow(module) };
}

function linesBelow({ children }: Described): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < children.length; ) {
    const [name, child] = children[at] as (typeof children)[number];
    if (child instanceof Parameter) {
      lines.push({ text: `${name} ${parameterText(child)}`, below: [] });
      at += 1;
      continue;
    }
    const count = numAlike(children, at);
    const [last = name] = children[at + count - 1] ?? [];
    const range = count > 1 ? `${name} … ${last.split(".").at(-1)}` : name;
    lines.push(lineOf(range, child, count));
    at += count;
  }
  return lines;
}

/** How many children from `start` on are numbered members of one list and look the same. */
function numAlike(children: Described["children"], start: number): number {
  const look = (index: number): string | undefined => {
    const [name, child] = children[index] ?? [];
    if (name === undefined || child === undefined || child instanceof Parameter) return undefined;
    return /\.\d+$/.test(name) ? `${name.replace(/\d+$/, "")} ${shapeText(child)}` : undefined;
  };
  const first = look(start);
  let end = start + 1;
  while (first !== undefined && look(end) === first) end += 1;
  return end - start;
}

function shapeText({ title, children }: Described): string {
  const parts = children.map(
    ([name, child]) =>
      `${name} ${child instanceof Parameter ? parameterText(child) : shapeText(child)}`,
  );
  return `${title}(${parts.join(", ")})`;
}

function parameterText({ dtype, shape, requiresGrad }: Parameter): string {
  return `${dtype}[${shape.join(", ")}]${requiresGrad ? "" : " frozen"}`;
}

function parametersOf({ children }: Described): Parameter[] {
  return children.flatMap(([, child]) =>
    child instanceof Parameter ? [child] : parametersOf(child),
  );
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
