// What can be typed at a place in code, as TypeScript knows it: names, members, keys of objects, members of string
// unions, paths of imports, keywords.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { isChainName, withoutChain } from "./cell-chain.js";
import type { CompletionEntry, Completions } from "./messages.js";

const MAX_ENTRIES = 5000;
/** Signatures cost up to a millisecond each: the first entries get theirs, as far as this time reaches. */
const MAX_SIGNATURES = 40;
const SIGNATURES_MS = 25;
const MAX_SIGNATURE_CHARS = 120;
const NAME_BEFORE = /[\p{ID_Continue}$#]*$/u;

/** A position in a file of the service. */
export interface Spot {
  readonly fileName: string;
  readonly position: number;
  /** The person's text before the position. */
  readonly before: string;
  /** Where the person's text begins in the file. */
  readonly shift: number;
}

/** What is typed of a name at the end of `before`, or undefined after a dot. */
export function namePrefix(before: string): string | undefined {
  const typed = NAME_BEFORE.exec(before)?.[0] ?? "";
  return before.slice(0, before.length - typed.length).endsWith(".") ? undefined : typed;
}

type Info = TypeScript.CompletionInfo;
type Entry = TypeScript.CompletionEntry;

const PREFERENCES: TypeScript.UserPreferences = {
  includeCompletionsWithInsertText: false,
  includeCompletionsForModuleExports: false,
  quotePreference: "double",
};

/** Completions at `spot`, positions in the person's text, or undefined where nothing can be completed. */
export function completionsAt(
  ts: Ts,
  service: TypeScript.LanguageService,
  spot: Spot,
): Completions | undefined {
  const info = service.getCompletionsAtPosition(spot.fileName, spot.position, PREFERENCES);
  if (info === undefined) return undefined;
  const start = startOf(info, spot);
  const typed = spot.before.slice(start);
  const entries = select(info.entries, typed);
  const signatures = signaturesOf(service, spot, entries);
  return {
    start,
    end: spot.before.length,
    isGlobal: info.isGlobalCompletion,
    entries: entries.map((entry, index) => describe(ts, entry, signatures[index])),
  };
}

function startOf({ entries, optionalReplacementSpan }: Info, { before, shift }: Spot): number {
  const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  const start = ((span ?? optionalReplacementSpan)?.start ?? Number.POSITIVE_INFINITY) - shift;
  return start <= before.length
    ? start
    : before.length - (NAME_BEFORE.exec(before)?.[0].length ?? 0);
}

/** Entries that go on with what was typed, best first; in any case of letters when none has the same. */
function select(entries: readonly Entry[], typed: string): Entry[] {
  const visible = entries.filter(({ name }) => !isChainName(name));
  const exact = visible.filter(({ name }) => name.startsWith(typed));
  const lower = typed.toLowerCase();
  const found =
    exact.length > 0 ? exact : visible.filter(({ name }) => name.toLowerCase().startsWith(lower));
  return found
    .sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name))
    .slice(0, MAX_ENTRIES);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function signaturesOf(
  service: TypeScript.LanguageService,
  { fileName, position }: Spot,
  entries: readonly Entry[],
): string[] {
  const signatures: string[] = [];
  const deadline = performance.now() + SIGNATURES_MS;
  for (const { name, source, data, kind } of entries.slice(0, MAX_SIGNATURES)) {
    if (performance.now() > deadline) break;
    const details =
      kind === "keyword"
        ? undefined
        : service.getCompletionEntryDetails(
            fileName,
            position,
            name,
            {},
            source,
            PREFERENCES,
            data,
          );
    signatures.push(details === undefined ? "" : shorten(details.displayParts));
  }
  return signatures;
}

function shorten(parts: readonly TypeScript.SymbolDisplayPart[]): string {
  const text = withoutChain(parts.map((part) => part.text).join("")).replace(/\s+/g, " ");
  return text.length > MAX_SIGNATURE_CHARS ? `${text.slice(0, MAX_SIGNATURE_CHARS)}…` : text;
}

function describe(ts: Ts, { name, kind }: Entry, signature = ""): CompletionEntry {
  const entry = { text: name, type: typeOf(ts, kind) };
  return signature === "" ? entry : { ...entry, signature };
}

/** Front ends have an icon for each of these words. */
function typeOf(ts: Ts, kind: TypeScript.ScriptElementKind): string {
  const { ScriptElementKind: Kind } = ts;
  switch (kind) {
    case Kind.memberFunctionElement:
    case Kind.constructSignatureElement:
    case Kind.callSignatureElement:
      return "method";
    case Kind.functionElement:
    case Kind.localFunctionElement:
      return "function";
    case Kind.memberVariableElement:
    case Kind.memberGetAccessorElement:
    case Kind.memberSetAccessorElement:
    case Kind.memberAccessorVariableElement:
      return "property";
    case Kind.classElement:
    case Kind.localClassElement:
      return "class";
    case Kind.moduleElement:
    case Kind.externalModuleName:
      return "module";
    case Kind.scriptElement:
    case Kind.directory:
      return "path";
    case Kind.interfaceElement:
    case Kind.typeElement:
    case Kind.primitiveType:
    case Kind.typeParameterElement:
      return "interface";
    case Kind.enumElement:
    case Kind.enumMemberElement:
      return "enum";
    case Kind.keyword:
      return "keyword";
    case Kind.string:
      return "text";
    default:
      return "variable";
  }
}
