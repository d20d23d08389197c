// A place in a file of the person's, as messages show it.

import type * as TypeScript from "typescript";

/** `(path, line 2)`, the line and a pointer to `position` in it. */
export function describePlace(
  file: TypeScript.SourceFile | undefined,
  position: number,
  path: string,
): string {
  const { line = 0, character = 0 } = file?.getLineAndCharacterOfPosition(position) ?? {};
  const head = `  ${line + 1} | `;
  const text = file?.text.split("\n")[line] ?? "";
  return `(${path}, line ${line + 1})\n${head}${text}\n${" ".repeat(head.length + character)}^`;
}
