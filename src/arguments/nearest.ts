// Names that someone who mistyped one may have meant.

/**
 * At most five of `names`, nearest first: few changed letters, one contains the other, `lr` for learningRate, `params` for
 * parameters.
 */
export function nearest(wrong: string, names: readonly string[]): string[] {
  const limit = wrong.length < 4 ? 1 : Math.max(2, Math.floor(wrong.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(wrong, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
    .slice(0, 5)
    .map(({ name }) => name);
}

function distanceOf(wrong: string, name: string): number {
  const plain = (text: string) => text.replaceAll("_", "").toLowerCase();
  const [a, b] = [plain(wrong), plain(name)];
  if (a === b) return 0;
  if ((a.length > 3 && b.includes(a)) || (b.length > 3 && a.includes(b))) return 1;
  if (b.length > 1 && b === initials(wrong)) return 1;
  if (/^.{4,}s$/.test(a) && b.startsWith(a.slice(0, -1))) return 1;
  return editDistance(a, b);
}

/** lr of learningRate and learning_rate. */
function initials(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .split("_")
    .map((word) => word.charAt(0))
    .join("");
}

/** Letters to insert, delete or replace (Levenshtein), by rows. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
