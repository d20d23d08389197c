// The mappings of a source map as a list, for the way from a person's line to compiled code: Node's SourceMap only goes
// the other way. Format: Source Map Revision 3, base64 VLQ (tc39.es/ecma426).

export interface Mapping {
  /** All from 0. */
  readonly line: number;
  readonly column: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CONTINUES = 32;

/** Every mapping that has an original place, in compiled order. */
export function decodeMappings(mappings: string): Mapping[] {
  const found: Mapping[] = [];
  let originalLine = 0;
  let originalColumn = 0;
  for (const [line, segments] of mappings.split(";").entries()) {
    let column = 0;
    for (const segment of segments.split(",")) {
      const [columnStep = 0, , lineStep, originalColumnStep] = decodeNumbers(segment);
      column += columnStep;
      if (lineStep === undefined || originalColumnStep === undefined) continue;
      originalLine += lineStep;
      originalColumn += originalColumnStep;
      found.push({ line, column, originalLine, originalColumn });
    }
  }
  return found;
}

function decodeNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of segment) {
    const digit = DIGITS.indexOf(char);
    value += (digit & (CONTINUES - 1)) << shift;
    shift += 5;
    if (digit & CONTINUES) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
