/** Node's timers hold 31 bits; a longer one ends at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Resolves with undefined after `ms`, of any length; keeps no process alive. */
export async function elapse(ms: number): Promise<undefined> {
  for (let left = ms; left > 0; left -= LONGEST_MS) {
    await new Promise((resolve) => {
      setTimeout(resolve, Math.min(left, LONGEST_MS)).unref();
    });
  }
  return undefined;
}
