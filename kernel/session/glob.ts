// Patterns of * (any text) and ? (any character), matched in time linear in the text for each star, so that no
// pattern can keep the kernel busy for long.

/** Whether the whole of `text` matches `pattern`. */
export function matchesGlob(text: string, pattern: string): boolean {
  let [at, wanted] = [0, 0];
  let star = -1; // place of the last star met
  let retry = 0; // where in the text it ends so far
  while (at < text.length) {
    if (pattern[wanted] === "*") {
      star = wanted++;
      retry = at;
    } else if (pattern[wanted] === "?" || pattern[wanted] === text[at]) {
      wanted += 1;
      at += 1;
    } else if (star >= 0) {
      wanted = star + 1; // let the star take one character more
      at = ++retry;
    } else return false;
  }
  while (pattern[wanted] === "*") wanted += 1;
  return wanted === pattern.length;
}
