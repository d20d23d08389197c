// One line that a worker's main thread keeps up to date and its second thread reads, also while the first one hangs:
// the last collective. A counter that is odd while the line changes keeps readers from a mixture of two.

const NUM_BYTES = 256;
const COUNTER_BYTES = 8;
const MAX_TRIES = 100;

/** Memory for a note. */
export function newNote(): SharedArrayBuffer {
  return new SharedArrayBuffer(COUNTER_BYTES + NUM_BYTES);
}

/** Replaces the note; text beyond 255 bytes is cut. */
export function writeNote(note: SharedArrayBuffer, text: string): void {
  const counter = new Int32Array(note, 0, 1);
  const bytes = new Uint8Array(note, COUNTER_BYTES);
  Atomics.add(counter, 0, 1);
  const length = Buffer.from(note, COUNTER_BYTES, NUM_BYTES - 1).write(text, "utf8");
  bytes[length] = 0;
  Atomics.add(counter, 0, 1);
}

/** The note as last written, empty before that. */
export function readNote(note: SharedArrayBuffer): string {
  const counter = new Int32Array(note, 0, 1);
  for (let i = 0; i < MAX_TRIES; i += 1) {
    const before = Atomics.load(counter, 0);
    const bytes = Buffer.from(new Uint8Array(note, COUNTER_BYTES).slice());
    if (before % 2 === 0 && Atomics.load(counter, 0) === before) {
      return bytes.toString("utf8", 0, Math.max(bytes.indexOf(0), 0));
    }
  }
  return "changing";
}
