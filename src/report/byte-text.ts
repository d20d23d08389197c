// Numbers of bytes for people.

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** "1.50 GiB", "12 bytes"; three significant digits. */
export function byteText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(value >= 1000 ? 4 : 3)} ${UNITS[unit]}`;
}
