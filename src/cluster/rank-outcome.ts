// What came of a call on each rank, as all of them hear of it: values, or the error of one.

/** A class of errors whose instances other ranks can make from what was sent. */
export interface ErrorClass {
  readonly name: string;
  readonly prototype: Error;
}

/** An error as plain data. */
interface Failure {
  readonly name: string;
  readonly message: string;
  /** Such as the path of a file that could not be written. */
  readonly fields: Readonly<Record<string, string | number>>;
}

/** What a call gave on one rank, as plain data. */
export type Sent<T> = { readonly value: T } | { readonly failure: Failure };

const BUILT_IN: readonly ErrorClass[] = [TypeError, RangeError];

/** What is sent of a call; an error is told apart. */
export interface Outcome<T> {
  readonly sent: Sent<T>;
  readonly error?: unknown;
}

/** Runs `mine`. */
export async function outcomeOf<T>(mine: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { sent: { value: await mine() } };
  } catch (error) {
    return failed(error);
  }
}

/** Runs `mine`, which needs no waiting. */
export function outcomeNow<T>(mine: () => T): Outcome<T> {
  try {
    return { sent: { value: mine() } };
  } catch (error) {
    return failed(error);
  }
}

function failed<T>(error: unknown): Outcome<T> {
  return { sent: { failure: failureOf(error) }, error };
}

/**
 * The values by rank.
 * @param own `rank`: this one, `cause`: its error, `classes`: of errors that keep their class
 * @throws the error of the lowest rank that has one, the same on all ranks
 */
export function valuesOf<T>(
  outcomes: readonly Sent<T>[],
  own: { readonly rank: number; readonly cause: unknown; readonly classes: readonly ErrorClass[] },
): T[] {
  return outcomes.map((outcome, rank) => {
    if ("value" in outcome) return outcome.value;
    const { name, message, fields } = outcome.failure;
    const error = new Error(
      `rank ${rank}: ${message}`,
      rank === own.rank ? { cause: own.cause } : {},
    );
    const known = [...own.classes, ...BUILT_IN].find((each) => each.name === name);
    Object.setPrototypeOf(error, known?.prototype ?? Error.prototype);
    Object.assign(error, { name, ...fields });
    Error.captureStackTrace(error, valuesOf); // begins with the name
    throw error;
  });
}

function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const fields = Object.entries(Object(error) as object).filter(
    ([key, value]) => key !== "name" && (typeof value === "string" || typeof value === "number"),
  );
  return { name, message, fields: Object.fromEntries(fields) };
}
