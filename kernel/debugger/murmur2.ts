// MurmurHash2, 32 bits, over UTF-8 (Austin Appleby, https://github.com/aappleby/smhasher): JupyterLab names a cell in the
// debugger by this hash of its text.

const M = 0x5bd1e995;
const R = 24;

/** Hash of `text` as an unsigned integer. */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text, "utf8");
  const numWhole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < numWhole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), M);
    word ^= word >>> R;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const tail = bytes.subarray(numWhole);
  if (tail.length > 0) hash = Math.imul(hash ^ littleEndian(tail), M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => (value << 8) | byte, 0);
}
