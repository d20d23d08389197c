// The element types of GGUF: numbers in blocks of one size, by the number that files have for them.

/** One type. */
export interface GgufType {
  readonly name: string;
  readonly id: number;
  /** Numbers in a block. */
  readonly block: number;
  /** Bytes of a block. */
  readonly bytes: number;
}

/** Those that are read. */
export const GGUF_TYPES: readonly GgufType[] = [
  { name: "F32", id: 0, block: 1, bytes: 4 },
  { name: "F16", id: 1, block: 1, bytes: 2 },
  { name: "Q4_0", id: 2, block: 32, bytes: 18 },
  { name: "Q4_1", id: 3, block: 32, bytes: 20 },
  { name: "Q5_0", id: 6, block: 32, bytes: 22 },
  { name: "Q5_1", id: 7, block: 32, bytes: 24 },
  { name: "Q8_0", id: 8, block: 32, bytes: 34 },
  { name: "Q2_K", id: 10, block: 256, bytes: 84 },
  { name: "Q3_K", id: 11, block: 256, bytes: 110 },
  { name: "Q4_K", id: 12, block: 256, bytes: 144 },
  { name: "Q5_K", id: 13, block: 256, bytes: 176 },
  { name: "Q6_K", id: 14, block: 256, bytes: 210 },
  { name: "IQ4_NL", id: 20, block: 32, bytes: 18 },
  { name: "BF16", id: 30, block: 1, bytes: 2 },
];

/** Others that there are, to be named. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  ...{
    9: "Q8_1",
    15: "Q8_K",
    16: "IQ2_XXS",
    17: "IQ2_XS",
    18: "IQ3_XXS",
    19: "IQ1_S",
    21: "IQ3_S",
  },
  ...{
    22: "IQ2_S",
    23: "IQ4_XS",
    24: "I8",
    25: "I16",
    26: "I32",
    27: "I64",
    28: "F64",
    29: "IQ1_M",
  },
  ...{ 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4" },
};

export function typeById(id: number): GgufType | undefined {
  return GGUF_TYPES.find((type) => type.id === id);
}

/** What to call a type that is not read. */
export function otherName(id: number): string {
  return OTHER_NAMES[id] ?? `number ${id}`;
}
