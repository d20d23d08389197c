// Inputs made of others by a few small changes: bytes, numbers at the edge of their ranges, words of the format, pieces moved, doubled,
// left out and taken from elsewhere.

const MOST_BYTES = 1 << 16;
const EDGES = [
  0,
  1,
  2,
  7,
  8,
  0x7f,
  0x80,
  0xff,
  0x100,
  0x7fff,
  0x8000,
  0xffff,
  0x10000,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/**
 * @param {{ below(bound: number): number, of<T>(list: readonly T[]): T }} random
 * @param {readonly Uint8Array[]} corpus
 * @param {readonly string[]} words
 */
export function mutated(random, corpus, words) {
  let bytes = random.of(corpus);
  const numChanges = 1 + random.below(random.below(4) === 0 ? 24 : 4);
  for (let i = 0; i < numChanges; i++) {
    const at = random.below(bytes.length + 1);
    bytes = random.of(CHANGES)(bytes, { random, at, corpus, words });
  }
  return bytes.subarray(0, MOST_BYTES);
}

/** @type {((bytes: Uint8Array, how: any) => Uint8Array)[]} */
const CHANGES = [
  flipBit,
  setByte,
  setNumber,
  setNumber,
  cutOut,
  doubled,
  insertWord,
  insertWord,
  takeFrom,
  cutOff,
  swapped,
  digits,
];

function flipBit(bytes, { random, at }) {
  return edited(bytes, at, (byte) => byte ^ (1 << random.below(8)));
}

function setByte(bytes, { random, at }) {
  return edited(bytes, at, () => random.of([0, 255, 127, 128, random.below(256)]));
}

function edited(bytes, at, edit) {
  const copy = Uint8Array.from(bytes);
  if (at < copy.length) copy[at] = edit(copy[at]);
  return copy;
}

/** One of 1, 2, 4 or 8 bytes at the edge of what it can be, or near what it was. */
function setNumber(bytes, { random, at }) {
  const size = random.of([1, 2, 4, 8]);
  if (at + size > bytes.length) return bytes;
  const copy = Buffer.from(bytes);
  const given = random.of(EDGES) + random.below(3) - 1;
  const number = BigInt(random.below(3) === 0 ? -given : given);
  for (let i = 0; i < size; i++) copy[at + i] = Number((number >> BigInt(8 * i)) & 255n);
  return copy;
}

function cutOut(bytes, { random, at }) {
  const end = Math.min(bytes.length, at + 1 + random.below(random.of([4, 64, 1024])));
  return joined(bytes.subarray(0, at), bytes.subarray(end));
}

function doubled(bytes, { random, at }) {
  const piece = bytes.subarray(at, at + 1 + random.below(random.of([4, 64, 1024])));
  const times = random.of([1, 1, 2, 16]);
  return joined(bytes.subarray(0, at), ...Array(times).fill(piece), bytes.subarray(at));
}

function insertWord(bytes, { random, at, words }) {
  const end = Math.min(bytes.length, at + random.below(2) * random.below(8));
  return joined(
    bytes.subarray(0, at),
    Buffer.from(random.of(words), "latin1"),
    bytes.subarray(end),
  );
}

function takeFrom(bytes, { random, at, corpus }) {
  const other = random.of(corpus);
  const begin = random.below(other.length + 1);
  const piece = other.subarray(begin, begin + 1 + random.below(256));
  const end = random.below(2) === 0 ? at : Math.min(bytes.length, at + piece.length);
  return joined(bytes.subarray(0, at), piece, bytes.subarray(end));
}

function cutOff(bytes, { random, at }) {
  return random.below(8) === 0 ? bytes.subarray(0, at) : bytes;
}

function swapped(bytes, { random, at }) {
  const size = 1 + random.below(32);
  const [first, second] = [bytes.subarray(at, at + size), bytes.subarray(at + size, at + 2 * size)];
  return joined(bytes.subarray(0, at), second, first, bytes.subarray(at + 2 * size));
}

/** A number written in digits becomes another. */
function digits(bytes, { random, at }) {
  const text = Buffer.from(bytes).toString("latin1");
  const found = /\d+/.exec(text.slice(at));
  if (found === null) return bytes;
  const begin = at + found.index;
  const number = String(random.of([...EDGES, -1, 1e308, 2 ** 53, 0.5, "1e999"]));
  return Buffer.from(text.slice(0, begin) + number + text.slice(begin + found[0].length), "latin1");
}

function joined(...parts) {
  return new Uint8Array(Buffer.concat(parts));
}
