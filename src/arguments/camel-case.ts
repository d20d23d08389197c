// Python's names as they are here.

/** `maskedFill` for `masked_fill`; a trailing underscore (in place) stays. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
