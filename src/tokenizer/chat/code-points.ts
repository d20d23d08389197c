// Places in a text by characters, as the Rust library counts them, instead of by JavaScript's code units.
import type { Span } from "./render.js";

/** The same spans counted in code points. */
export function codePointSpans(text: string, spans: readonly Span[]): Span[] {
  const places = [...new Set(spans.flat())].sort((a, b) => a - b);
  const counted = new Map<number, number>();
  let [unit, points] = [0, 0];
  for (const place of places) {
    for (; unit < place; unit += isPair(text, unit) ? 2 : 1) points++;
    counted.set(place, points);
  }
  return spans.map(([begin, end]) => [counted.get(begin) as number, counted.get(end) as number]);
}

function isPair(text: string, unit: number): boolean {
  return (text.codePointAt(unit) as number) > 0xffff;
}
