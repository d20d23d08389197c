// Texts in their order, so many together as may be at a time.

/** Groups of at most so many characters; a text that is longer stands alone. */
export function* groupsOf(
  texts: readonly string[],
  mostCharacters: number,
): Generator<string[], undefined> {
  let group: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (group.length > 0 && characters + text.length > mostCharacters) {
      yield group;
      [group, characters] = [[], 0];
    }
    group.push(text);
    characters += text.length;
  }
  if (group.length > 0) yield group;
  return undefined;
}
