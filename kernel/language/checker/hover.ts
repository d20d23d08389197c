// What is known about the name at a place, or about the call around it: its declaration and its documentation.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { withoutChain } from "./cell-chain.js";
import type { Hover } from "./messages.js";

type Service = TypeScript.LanguageService;
type Parts = readonly TypeScript.SymbolDisplayPart[];

interface Spot {
  readonly fileName: string;
  readonly position: number;
}

/** Finds out about the name at `spot`, or about the function whose arguments are being written there. */
export function hoverAt(ts: Ts, service: Service, spot: Spot): Hover | undefined {
  return quickInfo(ts, service, spot) ?? signatureHelp(ts, service, spot);
}

function quickInfo(ts: Ts, service: Service, { fileName, position }: Spot): Hover | undefined {
  const info = service.getQuickInfoAtPosition(fileName, position);
  const isKnown = info !== undefined && info.kind !== ts.ScriptElementKind.unknown;
  if (!isKnown || info.displayParts === undefined) return undefined;
  const signature = withoutChain(ts.displayPartsToString([...info.displayParts]));
  const own = documentation(ts, info);
  return { signature, documentation: own || declarationDocs(ts, service, { fileName, position }) };
}

/** Documentation that stands where the value was declared: an earlier cell. */
function declarationDocs(ts: Ts, service: Service, { fileName, position }: Spot): string {
  const [definition] = service.getDefinitionAtPosition(fileName, position) ?? [];
  if (definition?.fileName !== fileName) return "";
  const origin = originIn(service, fileName, definition.textSpan.start);
  const info = origin && service.getQuickInfoAtPosition(origin.fileName, origin.textSpan.start);
  return info ? documentation(ts, info) : "";
}

/** The declaration that `declare let x: typeof __cell_3.x` at `start` speaks of. */
function originIn(
  service: Service,
  fileName: string,
  start: number,
): TypeScript.DefinitionInfo | undefined {
  const text = service.getProgram()?.getSourceFile(fileName)?.text ?? "";
  const declared = /^[^\s:]+: typeof __cell_\d+\./.exec(text.slice(start, start + 400));
  if (declared === null) return undefined;
  return service.getDefinitionAtPosition(fileName, start + declared[0].length)?.[0];
}

function signatureHelp(ts: Ts, service: Service, { fileName, position }: Spot): Hover | undefined {
  const help = service.getSignatureHelpItems(fileName, position, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (item === undefined) return undefined;
  const text = (parts: Parts): string => ts.displayPartsToString([...parts]);
  const parameters = item.parameters.map(({ displayParts }) => text(displayParts));
  const between = text(item.separatorDisplayParts);
  const call =
    text(item.prefixDisplayParts) + parameters.join(between) + text(item.suffixDisplayParts);
  return { signature: withoutChain(call), documentation: documentation(ts, item) };
}

/** Text and tags of a doc comment as Markdown. */
function documentation(
  ts: Ts,
  {
    documentation: parts,
    tags,
  }: { documentation?: Parts; tags?: readonly TypeScript.JSDocTagInfo[] },
): string {
  const text = ts.displayPartsToString([...(parts ?? [])]).trim();
  const tagged = (tags ?? []).map((tag) => {
    const words = ts.displayPartsToString([...(tag.text ?? [])]).trim();
    return tag.name === "example"
      ? `Example:\n\n${fence(words)}`
      : `*@${tag.name}* ${words}`.trim();
  });
  return [text, ...tagged].filter((part) => part !== "").join("\n\n");
}

function fence(code: string): string {
  return code.includes("```") ? code : `\`\`\`ts\n${code}\n\`\`\``;
}
