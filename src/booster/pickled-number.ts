// The one kind of pickle that is read, without running anything: a number. Layout: pickletools of Python 3.

const [PROTO, FRAME, STOP] = [0x80, 0x95, 0x2e];
/** Bytes of the length that follows FRAME. */
const FRAME_BYTES = 8;

/** The number that a pickle holds; undefined for a pickle of anything else. */
export function numberInPickle(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = bytes[0] === PROTO ? 2 : 0;
  if (bytes[at] === FRAME) at += 1 + FRAME_BYTES;
  const [width, read] = READERS[String.fromCharCode(bytes[at] ?? 0)] ?? [0, undefined];
  const isWhole = bytes.length === at + width + 2 && bytes[at + width + 1] === STOP;
  return isWhole && read !== undefined ? read(view, at + 1) : undefined;
}

/** By the code of the instruction: bytes that follow it, and what they say. */
const READERS: Readonly<Record<string, [number, (view: DataView, at: number) => number]>> = {
  K: [1, (view, at) => view.getUint8(at)],
  M: [2, (view, at) => view.getUint16(at, true)],
  J: [4, (view, at) => view.getInt32(at, true)],
  G: [8, (view, at) => view.getFloat64(at, false)],
};
