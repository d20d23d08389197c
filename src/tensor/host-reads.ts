// How often JavaScript has looked at a tensor's numbers: what a block decides by them no graph shows.
let count = 0;

export function noteHostRead(): void {
  count += 1;
}

/** So far, in this process. */
export function numHostReads(): number {
  return count;
}
