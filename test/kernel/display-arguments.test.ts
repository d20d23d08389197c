// What display() cannot show is refused, with what it takes.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test.each([
  ['display.svg("nope")', 'display.svg: content must be the text of an SVG, <svg ...>, got "nope"'],
  [
    "display.plotly({})",
    "display.plotly: content must be a Plotly figure, { data: [...], layout: { } }, got {  }",
  ],
  [
    "display.vega(5)",
    "display.vega: specification must be a specification of Vega or Vega-Lite, an object with $schema or marks, got 5",
  ],
  ["display.html(3)", "display.html: content must be text, got 3"],
  ["display.markdown(null)", "display.markdown: content must be text, got null"],
  ["display.png([1])", "display.png: content must be bytes (a Uint8Array) or base64, got [1]"],
  ["display.json(1n)", "display.json: content must be what JSON can hold, got 1n"],
  [
    "display(1, 2)",
    "display takes an object of options, got 2; its options: displayId, update, metadata",
  ],
  ["display(1, 2, 3)", "display takes a value and options, got 3 values; call it for each"],
  ["display(1, { displayID: 'a' })", "display has no option displayID; did you mean displayId?"],
  ["display({ 'text/html': 5 })", "display: text/html must be text, got 5"],
  [
    "display({ 'text/plain': 'a', 'image/png': null })",
    "display: image/png must be bytes or text, got null",
  ],
  [
    "display({ 'application/json': undefined })",
    "display: application/json must be text, bytes or JSON, got undefined",
  ],
])("%s is refused", async (code, message) => {
  const { error, messages } = await kernel.run(`${code}; undefined`);
  expect(error).toContain(message);
  expect(messages.map(({ header }) => header.msg_type)).toEqual(["error"]);
});

test("a display method whose bundle no front end could show is told beside the value", async () => {
  const { result } = await kernel.run(
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': 5, 'image/png': null }) })",
  );
  expect(result).toContain("(of what its display method returned, text/html must be text, got 5)");
});
