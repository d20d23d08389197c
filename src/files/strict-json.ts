// A strict JSON reader (RFC 8259) for files we did not write. Unlike JSON.parse it refuses duplicate keys, numbers
// beyond the largest and text that no UTF-8 can hold, keeps objects as Maps (so "__proto__" is a key like any other) and
// bounds the nesting. It leaves out nothing else: strings are handed to JSON.parse once their end is known.

/** A JSON value with objects as Maps, in the order of the text. */
export type StrictJson = string | number | boolean | null | StrictJson[] | StrictJsonObject;
export type StrictJsonObject = Map<string, StrictJson>;

const MAX_DEPTH = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HALF_PAIR = /\p{Surrogate}/u;
const SPACE = /[ \t\n\r]*/y;
const LITERALS: readonly (readonly [string, StrictJson])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** Parses a whole text; throws a SyntaxError with line and column of the first fault. */
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
    const string = this.#unescape(this.#text.slice(begin, end + 1));
    this.#at = end + 1;
    return string;
  }

  #unescape(quoted: string): string {
    let string: string;
    try {
      string = JSON.parse(quoted) as string;
    } catch {
      return this.#fail("a text with a bad escape or a control character");
    }
    if (HALF_PAIR.test(string)) this.#fail("a text with half of a surrogate pair");
    return string;
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
    if (digits === undefined) return this.#fail(`expected a value, found ${this.#nextWord()}`);
    const value = Number(digits);
    if (!Number.isFinite(value)) this.#fail("a number too large to hold");
    this.#at += digits.length;
    return value;
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

  #nextWord(): string {
    const [word] = /^[^\s,:\]}]+/.exec(this.#text.slice(this.#at, this.#at + 20)) ?? [];
    return word ?? (this.#at < this.#text.length ? `"${this.#text[this.#at]}"` : "the end");
  }

  #fail(problem: string): never {
    const before = this.#text.slice(0, this.#at);
    const column = this.#at - before.lastIndexOf("\n");
    throw new SyntaxError(`${problem} at line ${before.split("\n").length}, column ${column}`);
  }
}
