// A tensor of pixels as a PNG (W3C, Portable Network Graphics): (H, W), (C, H, W) or (H, W, C) with 1, 3 or 4 channels, bytes
// or fractions from 0 to 1, as PyTorch and matplotlib have them.

import { crc32, deflateSync } from "node:zlib";

/** What is needed of a tensor. */
interface Pixels {
  readonly shape: readonly number[];
  readonly dtype: string;
  toTypedArray(): ArrayLike<number | bigint>;
}

interface Layout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** How far apart in memory the channels of one pixel, and two pixels, are. */
  readonly channelStep: number;
  readonly pixelStep: number;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** PNG's colour types by the number of channels: grey, colours, colours with opacity. */
const COLOUR_TYPES: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 6 };

/** Whether a value is a tensor. */
export function isPixels(value: unknown): value is Pixels {
  return (
    typeof value === "object" &&
    value !== null &&
    "toTypedArray" in value &&
    "dtype" in value &&
    "shape" in value
  );
}

/** @throws TypeError or RangeError for a shape, a dtype or values that are no picture */
export function pngOfTensor(tensor: Pixels): Uint8Array {
  const layout = layoutOf(tensor);
  const { height, width, channels } = layout;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPES[channels] ?? 0], 8);
  const data = deflateSync(rowsOf(bytesOf(tensor), layout));
  const chunks = [chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function layoutOf({ shape, dtype }: Pixels): Layout {
  const [a = 0, b = 0, c = 0] = shape;
  const isEmpty = shape.includes(0);
  if (!isEmpty && shape.length === 2)
    return { height: a, width: b, channels: 1, channelStep: 1, pixelStep: 1 };
  if (!isEmpty && shape.length === 3 && a in COLOUR_TYPES)
    return { height: b, width: c, channels: a, channelStep: b * c, pixelStep: 1 };
  if (!isEmpty && shape.length === 3 && c in COLOUR_TYPES)
    return { height: a, width: b, channels: c, channelStep: 1, pixelStep: c };
  throw new RangeError(
    `display.image() takes a tensor of the shape (H, W), (C, H, W) or (H, W, C) with C of 1, 3 or 4, got ${dtype}[${shape.join(", ")}]`,
  );
}

/** The elements as 0 to 255. */
function bytesOf(tensor: Pixels): ArrayLike<number> {
  const { dtype } = tensor;
  const values = tensor.toTypedArray() as ArrayLike<number>;
  if (dtype === "uint8") return values;
  if (dtype === "bool") return Array.from(values, (value) => 255 * value);
  if (dtype !== "float32" && dtype !== "float64")
    throw new TypeError(
      `display.image() takes a tensor of bytes (uint8) or fractions from 0 to 1 (float32), got ${dtype}; convert it: x.to("uint8"), x.float()`,
    );
  return Uint8Array.from(values, (value) => {
    if (value >= 0 && value <= 1) return Math.round(255 * value);
    throw new RangeError(
      `display.image() takes fractions from 0 to 1, got ${value}; scale them, as in x.div(255), or cut them off with x.clamp(0, 1)`,
    );
  });
}

/** Each row behind a byte that says that it is not filtered. */
function rowsOf(bytes: ArrayLike<number>, layout: Layout): Uint8Array {
  const { height, width, channels, channelStep, pixelStep } = layout;
  const rows = new Uint8Array(height * (1 + width * channels));
  let at = 0;
  for (let pixel = 0; pixel < height * width; pixel++) {
    if (pixel % width === 0) at += 1;
    for (let channel = 0; channel < channels; channel++)
      rows[at++] = bytes[pixel * pixelStep + channel * channelStep] as number;
  }
  return rows;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
