// How long something took, for people.

/** Three digits below a second, four above. */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms.toPrecision(3)} ms` : `${(ms / 1000).toPrecision(4)} s`;
}
