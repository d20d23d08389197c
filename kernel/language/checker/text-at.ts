// Whether a place is in a comment or in a string, where names of the program mean nothing.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import type { Spot } from "./completions.js";

/** What is written of the string around `spot`, "" in a comment; undefined in code. */
export function textAt(
  ts: Ts,
  service: TypeScript.LanguageService,
  { fileName, position, before, shift }: Spot,
): string | undefined {
  if (service.getSpanOfEnclosingComment(fileName, position, false) !== undefined) return "";
  const file = service.getProgram()?.getSourceFile(fileName);
  const token = file && literalAt(ts, file, position);
  return token && before.slice(token.getStart(file) + 1 - shift);
}

/** The string or part of a template that goes on at `position`. */
function literalAt(
  ts: Ts,
  file: TypeScript.SourceFile,
  position: number,
): TypeScript.Node | undefined {
  const find = (node: TypeScript.Node): TypeScript.Node | undefined => {
    if (position < node.pos || position > node.end) return undefined;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
    const isRest = ts.isTemplateMiddleOrTemplateTail(node);
    if (isText || isRest) return isInside(ts, node, position, file) ? node : undefined;
    return ts.forEachChild(node, find);
  };
  return find(file);
}

/** Not before its first quote, and not behind its last. */
function isInside(
  ts: Ts,
  node: TypeScript.LiteralLikeNode,
  position: number,
  file: TypeScript.SourceFile,
): boolean {
  if (position <= node.getStart(file)) return false;
  const isOpen = node.isUnterminated === true && !ts.isTemplateHead(node);
  return position < node.end || isOpen;
}
