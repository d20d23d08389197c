// Interrupts of cells that have a CUDA graph, a stream, a device or an NVTX range open: afterwards all is as a `finally` would
// have left it. Through the real kernel.
//   ./notebooster exec test/gpu/interrupt-check.mjs        exits non-zero on a failure
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKernel } from "../../dist/kernel/client/start-kernel.js";
import { check, expect, finish } from "./check.mjs";

const folder = mkdtempSync(join(tmpdir(), "notebooster-gpu-"));
const kernel = await startKernel({ folder, environment: {} });
const { client } = kernel;

/** Runs a cell; what it printed and its error. */
async function run(code, whenPrinted) {
  const shown = { text: "", error: "" };
  await client.execute(code, {
    onOutput({ header, content }) {
      if (header.msg_type === "error") shown.error = `${content.ename}: ${content.evalue}`;
      if (header.msg_type !== "stream") return;
      shown.text += content.text;
      whenPrinted?.();
    },
  });
  return shown;
}

const interrupted = (code) => run(code, () => client.interrupt());
const ASYNCHRONOUS = 'writeSync(1, "begun\\n"); await new Promise(() => {});';
const SYNCHRONOUS = 'writeSync(1, "begun\\n"); for (;;) {}';

const opened = await run(`
  import { writeSync } from "node:fs";
  import { numGpus, randn, synchronize, withDevice, zeros } from "notebooster"; import { CudaGraph, GpuStream, currentDevice, graphed, isCapturing, withNvtxRange, withStream } from "notebooster/device";
  const on = { device: "cuda" };
  const stream = new GpuStream();
  const look = () => { const x = randn([64, 64], on); const y = x.matmul(x).sum().item(); return JSON.stringify([isCapturing(), currentDevice(), Number.isFinite(y)]); };
  console.log(look());`);
check("the cell of definitions runs", () =>
  expect(
    opened.error === "" && opened.text.startsWith('[false,"cuda:0",true]'),
    JSON.stringify(opened),
  ),
);

const BLOCKS = {
  "a stream": `withStream(stream, () => { ${SYNCHRONOUS} });`,
  "the last device": `withDevice("cuda:" + (numGpus() - 1), () => { ${SYNCHRONOUS} });`,
  "an NVTX range": `withNvtxRange("open", () => { ${SYNCHRONOUS} });`,
  "a capture": `graphed(() => { zeros([4], on).add_(1); ${SYNCHRONOUS} })();`,
  "an awaited cell": ASYNCHRONOUS,
};
for (const [what, code] of Object.entries(BLOCKS)) {
  const ended = await interrupted(code);
  const after = await run(
    "console.log(look()); graphed(() => zeros([4], on).add(1))(); synchronize('cuda'); console.log('whole')",
  );
  check(`an interrupt in ${what}`, () => {
    expect(/Interrupted/.test(ended.error), JSON.stringify(ended));
    expect(
      after.error === "" && after.text === '[false,"cuda:0",true]\nwhole\n',
      JSON.stringify(after),
    );
    return { ended: ended.error };
  });
}
await kernel.shutdown();
rmSync(folder, { recursive: true, force: true });
finish();
