// A seeded order of rows that is the same on every machine: Fisher-Yates over xoshiro128** (Blackman and Vigna, "Scrambled
// linear pseudorandom number generators", 2018), its state filled by splitmix64 from seed and epoch. Only 32-bit
// integer operations, no floating point, no libtorch.

const MASK_64 = (1n << 64n) - 1n;

/** A generator of 32-bit numbers with a state of four words, not all zero. */
export class Xoshiro128 {
  readonly #state: Uint32Array;

  constructor(state: Uint32Array) {
    this.#state = state.slice(0, 4);
  }

  /** A generator for one epoch of one seed; both whole numbers from 0 to 2^53. */
  static forEpoch(seed: number, epoch: number): Xoshiro128 {
    const perSeed = splitmix64(BigInt(seed));
    const words = splitmix64((perSeed.next() ^ BigInt(epoch)) & MASK_64);
    const [low, high] = [words.next(), words.next()];
    return new Xoshiro128(new Uint32Array(BigUint64Array.of(low, high).buffer));
  }

  /** The next number, from 0 to 2^32 - 1. */
  next(): number {
    const state = this.#state;
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const mixed2 = s2 ^ s0;
    const mixed3 = s3 ^ s1;
    state[1] = s1 ^ mixed2;
    state[0] = s0 ^ mixed3;
    state[2] = mixed2 ^ (s1 << 9);
    state[3] = rotateLeft(mixed3, 11);
    return result;
  }

  /** A number from 0 to `bound` - 1, every one equally likely; `bound` is at most 2^32. */
  below(bound: number): number {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let number = this.next();
    while (number >= limit) number = this.next();
    return number % bound;
  }
}

/** The numbers 0 to `count` - 1 in the order of this seed and epoch. */
export function shuffledOrder(count: number, seed: number, epoch: number): Uint32Array {
  const random = Xoshiro128.forEpoch(seed, epoch);
  const order = naturalOrder(count);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = order[last] as number;
    order[last] = order[other] as number;
    order[other] = moved;
  }
  return order;
}

/** The numbers 0 to `count` - 1. */
export function naturalOrder(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Steele, Lea and Flood 2014, as published by Vigna. */
function splitmix64(seed: bigint): { next(): bigint } {
  let state = seed;
  return {
    next() {
      state = (state + 0x9e3779b97f4a7c15n) & MASK_64;
      let word = state;
      word = ((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
      word = ((word ^ (word >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
      return word ^ (word >> 31n);
    },
  };
}
