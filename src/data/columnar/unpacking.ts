// How far what is packed may be unpacked: without a bound a few bytes fill the memory.
import { compressors, decompressZstd } from "hyparquet-compressors";

/** LZ4 packs 255 to 1 at best; what packs better than this is made to fill memory, or a page that repeats one text. */
const LIMIT = { leastBytes: 64 << 20, perByte: 300 };

/** Refuses a size that some packed bytes do not warrant. */
export function requireUnpacked(length: number, numPacked: number): void {
  const most = LIMIT.leastBytes + LIMIT.perByte * numPacked;
  if (length <= most) return;
  throw new Error(`${numPacked} packed bytes unpack to ${length}; at most ${most} are allowed`);
}

type Unpack = (input: Uint8Array, length: number) => Uint8Array;

/** Those of Parquet, by codec. */
export const boundedCompressors = {
  ...(Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [codec, bounded(unpack)]),
  ) as Readonly<Record<string, Unpack>>),
  ZSTD: bounded((input, length) => decompressZstd(input, new Uint8Array(length))),
};

function bounded(unpack: Unpack): Unpack {
  return (input, length) => {
    requireUnpacked(length, input.length);
    return unpack(input, length);
  };
}
