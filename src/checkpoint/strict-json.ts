// A strict JSON reader (RFC 8259) for files we did not write. Unlike JSON.parse it refuses duplicate keys,
// keeps objects as Maps (so "__proto__" is a key like any other) and bounds the nesting.
// It leaves out nothing else: strings are handed to JSON.parse once their end is known.

/** A JSON value with objects as Maps, in the order of the text. */
export type StrictJson = string | number | boolean | null | StrictJson[] | StrictJsonObject;
export type StrictJsonObject = Map<string, StrictJson>;

const MAX_DEPTH = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS: readonly (readonly [string, StrictJson])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** Parses a whole text; throws a SyntaxError with the position of the first fault. */
export function parseStrictJson(text: string): StrictJson {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): StrictJson {
    if (depth > MAX_DEPTH) this.#fail(`nesting deeper than ${MAX_DEPTH}`);
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"') return this.#string();
    return this.#scalar();
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("text after the end of the value");
  }

  #object(depth: number): StrictJsonObject {
    const object: StrictJsonObject = new Map();
    this.#at += 1;
    if (this.#take("}")) return object;
    do {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') this.#fail("expected a quoted key");
      const key = this.#string();
      if (object.has(key)) this.#fail(`duplicate key ${JSON.stringify(key)}`);
      if (!this.#take(":")) this.#fail('expected ":"');
      object.set(key, this.value(depth + 1));
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('expected "," or "}"');
    return object;
  }

  #array(depth: number): StrictJson[] {
    const array: StrictJson[] = [];
    this.#at += 1;
    if (this.#take("]")) return array;
    do {
      array.push(this.value(depth + 1));
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail('expected "," or "]"');
    return array;
  }

  #string(): string {
    const begin = this.#at;
    let end = begin;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) this.#fail("unterminated string");
    } while (this.#isEscaped(end));
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(begin, end + 1)) as string;
    } catch (cause) {
      throw new SyntaxError(`bad string at position ${begin}`, { cause });
    }
  }

  /** True when an odd number of backslashes stands before the quote. */
  #isEscaped(quote: number): boolean {
    let first = quote;
    while (this.#text[first - 1] === "\\") first -= 1;
    return (quote - first) % 2 === 1;
  }

  #scalar(): StrictJson {
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const digits = NUMBER.exec(this.#text)?.[0];
    if (digits === undefined) return this.#fail("expected a value");
    this.#at += digits.length;
    return Number(digits);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
  }

  #fail(problem: string): never {
    throw new SyntaxError(`${problem} at position ${this.#at}`);
  }
}
