// One line per step with the time it takes. On a terminal the line is kept up to date; elsewhere (CI, a pipe)
// a line is written at the start, every half minute and at the end.
const isLive = process.stderr.isTTY === true;
const tickMs = isLive ? 200 : 30_000;

/** Shows `title` with its elapsed time while `body` runs; `body` may call its argument to show a detail. */
export async function withProgress(title, body) {
  const start = Date.now();
  let detail = "";
  const draw = (state) => write(line({ title, state, start, detail }), state !== "");
  const timer = setInterval(draw, tickMs, "");
  draw("");
  try {
    const result = await body((text) => {
      detail = text;
    });
    detail = "";
    draw("done");
    return result;
  } catch (error) {
    detail = "";
    draw("failed");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function line({ title, state, start, detail }) {
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const mark = { done: "✓", failed: "✗", "": "·" }[state];
  return `${mark} ${title}  ${seconds} s${detail === "" ? "" : `  ${detail}`}`;
}

function write(text, isLast) {
  if (!isLive) {
    process.stderr.write(`${text}\n`);
    return;
  }
  const width = process.stderr.columns ?? 80;
  process.stderr.write(`\r\x1b[2K${text.slice(0, width - 1)}${isLast ? "\n" : ""}`);
}
