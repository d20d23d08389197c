// Arrow's values of one width each: numbers, times, decimals and bytes of a fixed length.
import { parseFloat16 } from "hyparquet/src/convert.js";
import type { FlatTable } from "./flat-table.js";

export interface FixedType {
  readonly kind: "fixed";
  /** In bytes. */
  readonly width: number;
  readonly read: Read;
}

type Read = (view: DataView, at: number) => unknown;

const DAY_MS = 86_400_000;
/** Parts of a millisecond: of seconds, milliseconds, microseconds, nanoseconds. */
const PER_MS: readonly { readonly times: bigint; readonly by: bigint }[] = [
  { times: 1000n, by: 1n },
  { times: 1n, by: 1n },
  { times: 1n, by: 1000n },
  { times: 1n, by: 1_000_000n },
];
const UNIT = { day: 0, milliseconds: 1 } as const;

/** Undefined for types whose values have no width of their own. */
export function fixedType(number: number, details: FlatTable): FixedType | undefined {
  switch (number) {
    case 2:
      return integerType(details.integer(0, 4), details.integer(1, 1) !== 0);
    case 3:
      return floatType(details.integer(0, 2));
    case 7:
      return decimalType(details.integer(1, 4), details.integer(2, 4, 128) / 8);
    case 8:
      return dateType(details.integer(0, 2, UNIT.milliseconds));
    case 9:
      return integerType(details.integer(1, 4, 32), true);
    case 10:
      return timeType(details.integer(0, 2));
    case 15:
      return bytesType(details.integer(0, 4));
    case 18:
      return integerType(64, true); // a duration, in its unit
    default:
      return undefined;
  }
}

export function integerType(bits: number, isSigned: boolean): FixedType {
  const read = INTEGERS[`${isSigned ? "" : "u"}${bits}`];
  if (read === undefined) throw new Error(`integers of ${bits} bits`);
  return { kind: "fixed", width: bits / 8, read };
}

const INTEGERS: Readonly<Record<string, Read>> = {
  8: (view, at) => view.getInt8(at),
  16: (view, at) => view.getInt16(at, true),
  32: (view, at) => view.getInt32(at, true),
  64: (view, at) => view.getBigInt64(at, true),
  u8: (view, at) => view.getUint8(at),
  u16: (view, at) => view.getUint16(at, true),
  u32: (view, at) => view.getUint32(at, true),
  u64: (view, at) => view.getBigUint64(at, true),
};

function floatType(precision: number): FixedType {
  if (precision === 0) {
    const read: Read = (view, at) =>
      parseFloat16(new Uint8Array(view.buffer, view.byteOffset + at, 2));
    return { kind: "fixed", width: 2, read };
  }
  if (precision === 1)
    return { kind: "fixed", width: 4, read: (view, at) => view.getFloat32(at, true) };
  if (precision === 2)
    return { kind: "fixed", width: 8, read: (view, at) => view.getFloat64(at, true) };
  throw new Error(`floating-point numbers of precision ${precision}`);
}

/** As numbers, as of Parquet. */
function decimalType(scale: number, width: number): FixedType {
  if (![4, 8, 16, 32].includes(width)) throw new Error(`decimals of ${width} bytes`);
  const factor = 10 ** scale; // its inverse would not be exact
  const read: Read = (view, at) => {
    let whole = BigInt(view.getInt32(at + width - 4, true));
    for (let word = at + width - 8; word >= at; word -= 4)
      whole = (whole << 32n) | BigInt(view.getUint32(word, true));
    return Number(whole) / factor;
  };
  return { kind: "fixed", width, read };
}

function dateType(unit: number): FixedType {
  if (unit !== UNIT.day) return timeType(UNIT.milliseconds);
  return {
    kind: "fixed",
    width: 4,
    read: (view, at) => new Date(view.getInt32(at, true) * DAY_MS),
  };
}

function timeType(unit: number): FixedType {
  const per = PER_MS[unit];
  if (per === undefined) throw new Error(`times of unit ${unit}`);
  const read: Read = (view, at) =>
    new Date(Number((view.getBigInt64(at, true) * per.times) / per.by));
  return { kind: "fixed", width: 8, read };
}

function bytesType(width: number): FixedType {
  if (width < 0) throw new Error(`bytes of length ${width}`);
  const read: Read = (view, at) => new Uint8Array(view.buffer, view.byteOffset + at, width).slice();
  return { kind: "fixed", width, read };
}
