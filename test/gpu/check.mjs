// Named checks of a GPU program: one JSON line each, a failure does not stop the next.

let failures = 0;

/** Runs `body`, whose object of details joins the line. */
export function check(name, body) {
  try {
    const details = body() ?? {};
    console.log(JSON.stringify({ ok: true, check: name, ...details }));
  } catch (error) {
    failures++;
    console.log(
      JSON.stringify({ ok: false, check: name, error: String(error.stack).slice(0, 900) }),
    );
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** The error that `body` throws, checked for its type and message. */
export function expectError(type, pattern, body) {
  try {
    body();
  } catch (error) {
    expect(error instanceof type, `expected ${type.name}, got ${error.name}: ${error.message}`);
    expect(pattern.test(error.message), `unexpected message: ${error.message}`);
    return error;
  }
  throw new Error(`expected ${type.name}, nothing was thrown`);
}

/** Ends the process, with 1 after a failure. */
export function finish() {
  console.log(JSON.stringify({ failures }));
  process.exit(failures === 0 ? 0 : 1);
}
