// The index of a file of parts, beside it: which region of which named whole tensor each of the file's tensors is, with a digest.
// A rank writes its own, so no rank waits for another's; who reads takes all of them together.
import { integer, kind, listOf, oneOf, text } from "../arguments/checks.js";
import { checkFields, jsonObject, required } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import type { StrictJsonObject } from "../files/strict-json.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { type Region, regionProblem } from "./region.js";

/** A tensor of a file as the part of a whole one. */
export interface StoredPart {
  /** Its name in the file. */
  readonly stored: string;
  /** Of the whole tensor. */
  readonly name: string;
  /** Of the whole tensor. */
  readonly shape: readonly number[];
  readonly region: Region;
}

/** The same with the SHA-256 of its bytes. */
export interface IndexedPart extends StoredPart {
  readonly sha256: string;
}

const HEAD = { format: "notebooster-parts", version: 1 } as const;
/** Some 300 bytes a part; the largest models have 100,000 tensors and three states of each. */
const MAX_INDEX_BYTES = 128_000_000;
const sizes = listOf(integer({ min: 0 }));
const SCHEMA = {
  format: required(oneOf(HEAD.format)),
  version: required(oneOf(HEAD.version)),
  parts: required(listOf(jsonObject)),
} as const;
const PART = {
  stored: required(text),
  name: required(text),
  shape: required(sizes),
  start: required(sizes),
  size: required(sizes),
  begin: required(integer({ min: 0 })),
  end: required(integer({ min: 0 })),
  sha256: required(
    kind<string>(
      "64 hexadecimal digits",
      (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
    ),
  ),
} as const;

/** Its text. */
export function indexOfParts(
  parts: readonly StoredPart[],
  digestOf: (stored: string) => string,
): string {
  const lines = parts.map(({ region: { start, size, begin, end }, stored, name, shape }) => {
    const fields = { stored, name, shape, start, size, begin, end, sha256: digestOf(stored) };
    return `    ${JSON.stringify(fields)}`;
  });
  const { format, version } = HEAD;
  return `{\n  "format": "${format}",\n  "version": ${version},\n  "parts": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** @throws CheckpointError naming the file and what is wrong with it */
export function readPartsIndex(path: string): IndexedPart[] {
  const at = { path, problem: checkpointProblem };
  const { parts } = checkFields(
    readJsonObject(path, { ...at, maxBytes: MAX_INDEX_BYTES }),
    SCHEMA,
    at,
  );
  return parts.map((part, index) => partIn(part, `parts.${index}`, path));
}

function partIn(object: StrictJsonObject, within: string, path: string): IndexedPart {
  const fields = checkFields(object, PART, { path, problem: checkpointProblem, within });
  const { start, size, begin, end, ...part } = fields;
  const region = { start, size, begin, end };
  const problem = regionProblem(region, part.shape);
  if (problem === undefined) return { ...part, region };
  throw new CheckpointError(`"${within}" of ${JSON.stringify(part.name)} is no part: ${problem}`, {
    path,
  });
}
