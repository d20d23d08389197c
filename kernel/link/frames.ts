// Messages on a pipe: the number of frames, the length of each, then the frames, all lengths as 32-bit little endian.
// Pipes instead of ZeroMQ spare four changes of thread in every round trip between kernel and worker.

const LENGTH_BYTES = 4;

/** The bytes before the frames of one message. */
export function headOf(frames: readonly Uint8Array[]): Buffer {
  const head = Buffer.allocUnsafe(LENGTH_BYTES * (1 + frames.length));
  head.writeUInt32LE(frames.length, 0);
  for (const [i, frame] of frames.entries()) {
    head.writeUInt32LE(frame.length, LENGTH_BYTES * (1 + i));
  }
  return head;
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
  next(): Uint8Array[] | undefined {
    while (this.#numBytes >= this.#wanted) {
      const bytes = this.#joined();
      const numFrames = bytes.readUInt32LE(0);
      const headBytes = LENGTH_BYTES * (1 + numFrames);
      if (bytes.length < headBytes) {
        this.#wanted = headBytes;
        continue;
      }
      const lengths = Array.from({ length: numFrames }, (_, i) =>
        bytes.readUInt32LE(LENGTH_BYTES * (1 + i)),
      );
      const whole = lengths.reduce((sum, length) => sum + length, headBytes);
      if (bytes.length < whole) {
        this.#wanted = whole;
        continue;
      }
      this.#keep(bytes.subarray(whole));
      return cut(bytes, headBytes, lengths);
    }
    return undefined;
  }

  #joined(): Buffer {
    const [first = Buffer.alloc(0), ...rest] = this.#chunks;
    const bytes = rest.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#numBytes = rest.length;
    this.#wanted = LENGTH_BYTES;
  }
}

function cut(bytes: Buffer, start: number, lengths: readonly number[]): Uint8Array[] {
  let at = start;
  return lengths.map((length) => {
    const frame = bytes.subarray(at, at + length);
    at += length;
    return frame;
  });
}
