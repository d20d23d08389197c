// Messages on a pipe: the number of frames, the length of each, then the frames, all lengths as 32-bit little endian.
// Pipes instead of ZeroMQ spare four changes of thread in every round trip between kernel and worker.

const LENGTH_BYTES = 4;

/** A message as the pieces to write: all lengths and `json`, which is its first frame, then the buffers where they lie. */
export function piecesOf(json: string, buffers: readonly Uint8Array[]): Uint8Array[] {
  const jsonBytes = Buffer.byteLength(json);
  const headBytes = LENGTH_BYTES * (2 + buffers.length);
  const first = Buffer.allocUnsafe(headBytes + jsonBytes);
  first.writeUInt32LE(1 + buffers.length, 0);
  first.writeUInt32LE(jsonBytes, LENGTH_BYTES);
  for (const [i, buffer] of buffers.entries())
    first.writeUInt32LE(buffer.length, LENGTH_BYTES * (2 + i));
  first.write(json, headBytes);
  return [first, ...buffers];
}

/** Puts messages together again from what a pipe delivers in pieces. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #numBytes = 0;
  /** Bytes that the message under way needs at least. */
  #wanted = LENGTH_BYTES;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#numBytes += chunk.length;
  }

  /** The next message, or undefined while it is not whole. */
  next(): Buffer[] | undefined {
    while (this.#numBytes >= this.#wanted) {
      const bytes = this.#joined();
      const numFrames = bytes.readUInt32LE(0);
      const headBytes = LENGTH_BYTES * (1 + numFrames);
      if (bytes.length < headBytes) {
        this.#wanted = headBytes;
        continue;
      }
      const ends = endsOf(bytes, numFrames, headBytes);
      const whole = ends.at(-1) ?? headBytes;
      if (bytes.length < whole) {
        this.#wanted = whole;
        continue;
      }
      this.#keep(bytes, whole);
      return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? headBytes, end));
    }
    return undefined;
  }

  #joined(): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (this.#chunks.length === 1) return first;
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(bytes: Buffer, from: number): void {
    this.#chunks = from === bytes.length ? [] : [bytes.subarray(from)];
    this.#numBytes = bytes.length - from;
    this.#wanted = LENGTH_BYTES;
  }
}

/** Where each frame ends. */
function endsOf(bytes: Buffer, numFrames: number, headBytes: number): number[] {
  let end = headBytes;
  return Array.from({ length: numFrames }, (_, i) => {
    end += bytes.readUInt32LE(LENGTH_BYTES * (1 + i));
    return end;
  });
}
