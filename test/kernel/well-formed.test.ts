// Text with half of a surrogate pair: it leaves the kernel as U+FFFD, whichever way, so that every reader can write it again.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Message } from "../../dist/kernel/wire/message.js";
import { useKernel } from "./kernel-under-test.js";
import { runNotebook } from "./notebook-run.js";

const kernel = useKernel();

/** What a strict reader refuses: JSON.stringify writes halves of pairs, and nothing else, as such escapes. */
const HALF = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function expectMended(messages: readonly Message[], type: string): void {
  const told = messages.filter(({ header }) => header.msg_type === type);
  const json = JSON.stringify(told.map(({ content, metadata }) => [content, metadata]));
  expect(json).not.toMatch(HALF);
  expect(json).toContain("cut \ufffd");
}

const ways: [way: string, type: string, code: string][] = [
  ["console.log", "stream", "console.log(half)"],
  ["console.error", "stream", "console.error(half)"],
  ["process.stdout", "stream", "process.stdout.write(half); undefined"],
  [
    "late output",
    "stream",
    "await new Promise<void>((done) => setTimeout(() => { console.log(half); done(); }))",
  ],
  [
    "a bundle",
    "display_data",
    "display({ 'text/html': half, 'application/json': { [half]: [half] } }); undefined",
  ],
  ["a display's metadata", "display_data", "display(1, { metadata: { [half]: half } }); undefined"],
  [
    "a display method",
    "execute_result",
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/markdown': half }) })",
  ],
  ["a table", "display_data", "display.table([{ [half]: half }]); undefined"],
  ["a plot", "display_data", "plot({ [half]: [1, 2, 3] }); undefined"],
  ["an error", "error", "throw new Error(half, { cause: half })"],
  [
    "a control",
    "comm_open",
    "import { Text } from 'notebooster/widgets'; new Text({ value: half })",
  ],
  ["a control's picture", "execute_result", "new Text({ value: half })"],
  ["a comm", "comm_msg", "comms.open('nobody', {}).send({ [half]: half }); undefined"],
];

test.each(ways)("%s", async (_, type, code) => {
  await kernel.run("const half = 'cut \\ud83d'; undefined");
  const { messages } = await kernel.run(code);
  expectMended(messages, type);
});

test("whole pairs and the text of an escape stay as they are", async () => {
  const { stdout } = await kernel.run(String.raw`console.log("😀", "\\ud83d", "\\\\ud83d")`);
  expect(stdout).toBe(`😀 ${String.raw`\ud83d \\ud83d`}\n`);
});

test("what a front end sends comes back mended: input, reply, history", async () => {
  const frames = [
    ...kernel.client.frames({
      type: "execute_request",
      content: { code: "x", silent: false, store_history: true, user_expressions: {} },
    }),
  ];
  const content = { code: "'cut \ud83d'", silent: false, store_history: true, allow_stdin: false };
  frames[5] = Buffer.from(JSON.stringify({ ...content, user_expressions: { e: "'cut \ud83d'" } }));
  const hmac = createHmac("sha256", kernel.running.connection.key);
  for (const frame of frames.slice(2)) hmac.update(frame);
  frames[1] = Buffer.from(hmac.digest("hex"));
  const input = kernel.next(({ header }) => header.msg_type === "execute_input");
  kernel.client.sendFrames(frames);
  expectMended([await input], "execute_input");
  const history = await kernel.client.request({
    type: "history_request",
    content: { hist_access_type: "tail", n: 1 },
  });
  expectMended([history], "history_reply");
});

test("`notebooster run` writes notebooks that can be written again, whatever their cells hold", () => {
  const { status, folder } = runNotebook([
    "import { Text } from 'notebooster/widgets'; new Text({ value: 'cut \ud83d' })",
    "console.log('cut \\ud83d'); throw new Error('cut \\ud83d')",
  ]);
  expect(status).toBe(1);
  const written = readFileSync(join(folder, "out.ipynb"), "utf8");
  expect(written).not.toMatch(HALF);
  expect(written.split("cut \ufffd").length).toBeGreaterThan(4);
});
