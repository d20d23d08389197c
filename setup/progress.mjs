// One line per step with the time it takes. On a terminal the last line tells the steps that run and is kept up to date;
// elsewhere (CI, a pipe) a line is written at the start, every half minute and at the end.
const isLive = process.stderr.isTTY === true;
const tickMs = isLive ? 200 : 30_000;
const CLEAR = "\r\x1b[2K";
/** Steps that run, each as a function of its state. */
const running = new Set();

/** Shows `title` with its elapsed time while `body` runs; `body` may call its argument to show a detail. */
export async function withProgress(title, body) {
  const start = Date.now();
  let detail = "";
  const say = (state) => line({ title, state, start, detail });
  const timer = setInterval(draw, tickMs, say);
  running.add(say);
  draw(say);
  try {
    const result = await body((text) => {
      detail = text;
    });
    end("done");
    return result;
  } catch (error) {
    end("failed");
    throw error;
  } finally {
    clearInterval(timer);
  }

  function end(state) {
    detail = "";
    running.delete(say);
    process.stderr.write(`${isLive ? CLEAR : ""}${say(state)}\n`);
    if (isLive && running.size > 0) draw(say);
  }
}

function line({ title, state, start, detail }) {
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const mark = { done: "✓", failed: "✗", running: "·" }[state];
  return `${mark} ${title}  ${seconds} s${detail === "" ? "" : `  ${detail}`}`;
}

/** On a terminal the line of all that run, else that of one. */
function draw(say) {
  if (!isLive) {
    process.stderr.write(`${say("running")}\n`);
    return;
  }
  const width = process.stderr.columns ?? 80;
  const all = [...running].map((each) => each("running")).join("   ");
  process.stderr.write(`${CLEAR}${all.slice(0, width - 1)}`);
}
