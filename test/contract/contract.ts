// A contract: a list of cases, run for every subject that claims to keep it. A subject may say which cases it cannot keep, and why.
import { describe, test } from "vitest";

/** Who keeps the contract. */
export interface Subject {
  readonly name: string;
  /** Cases that do not hold for it, with the reason. */
  readonly skips?: Readonly<Record<string, string>>;
}

/** What each subject must show, by what it says. */
export type Cases<S extends Subject> = Readonly<
  Record<string, (subject: S) => void | Promise<void>>
>;

/** Runs all cases for all subjects; a skip must name a case, and says its reason in the report. */
export function runContract<S extends Subject>(subjects: readonly S[], cases: Cases<S>): void {
  describe.each(subjects)("$name", (subject) => {
    const { skips = {} } = subject;
    const unknown = Object.keys(skips).filter((name) => !Object.hasOwn(cases, name));
    if (unknown.length > 0)
      throw new Error(`${subject.name} skips what is no case: ${unknown.join(", ")}`);
    for (const [name, body] of Object.entries(cases)) {
      const reason = skips[name];
      if (reason === undefined) test(name, () => body(subject));
      else test.skip(`${name} (not: ${reason})`, () => undefined);
    }
  });
}
