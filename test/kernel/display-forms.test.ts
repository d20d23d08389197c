// Several forms of one thing, and several things in one display; curves, tables and pictures in one line.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

type Bundle = Record<string, string>;

async function shown(code: string): Promise<Bundle[]> {
  const { messages, error } = await kernel.run(code);
  if (error !== "") throw new Error(error);
  return messages.map(({ content }) => content["data"] as Bundle);
}

const ANSWER = `display({
  "application/vnd.plotly.v1+json": {
    data: [{ name: "training", x: [1, 2, 3], y: [3, 2, 1] }, { x: [1, 3], y: [3.5, 1.5], mode: "lines+markers" }],
    layout: { xaxis: { title: { text: "optimizer step" } }, yaxis: { title: "loss" } },
  },
  "text/markdown": "**Yes.** It fell from 3 to 1.",
})`;

test("a text beside a figure is an output of its own, and the figure has a picture", async () => {
  const [figure, text, ...more] = await shown(ANSWER);
  expect(more).toEqual([]);
  expect(Object.keys(figure ?? {})).toEqual([
    ...["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"],
  ]);
  expect(figure?.["image/svg+xml"]).toMatch(/>optimizer step<.*<path d="M/s);
  expect(text).toEqual({
    "text/markdown": "**Yes.** It fell from 3 to 1.",
    "text/plain": "**Yes.** It fell from 3 to 1.",
  });
});

const templates = fileURLToPath(new URL("../../.venv/share/jupyter", import.meta.url));

test("nbconvert's HTML and GitHub's choice of forms show both, figure and text", async () => {
  const { messages } = await kernel.run(ANSWER);
  const outputs = messages.map(({ content }) => ({
    ...{ output_type: "display_data", data: content["data"], metadata: {} },
  }));
  const program = `
import nbformat
import os
os.environ["JUPYTER_PATH"] = args[1]  # nbconvert's templates
from nbconvert import HTMLExporter
cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.from_dict(o) for o in args[0]])
html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
import base64, re
pictures = [base64.b64decode(data).decode() for data in re.findall(r'<img [^>]*src="data:image/svg.xml;base64,([^"]*)"', html.split("<body", 1)[1])]
print(json.dumps(["<strong>Yes.</strong>" in html, pictures]))`;
  const [hasAnswer, pictures] = python(program, outputs, templates) as [boolean, string[]];
  expect(hasAnswer).toBe(true);
  expect(pictures).toEqual([expect.stringMatching(/>optimizer step</)]);
});

test("forms of one thing stay one output, with text for viewers that show only text", async () => {
  expect(await shown("display({ 'text/html': '<p>a &lt; <b>b</b></p><style>x</style>' })")).toEqual(
    [
      {
        "text/html": "<p>a &lt; <b>b</b></p><style>x</style>",
        "text/plain": "a < b",
      },
    ],
  );
  const [both] = await shown("display({ 'text/html': '<b>x</b>', 'text/plain': 'mine' })");
  expect(both?.["text/plain"]).toBe("mine");
  const [own] = await shown("({ toMimeBundle: () => ({ 'text/markdown': '# a' }) })");
  expect(own).toEqual({ "text/markdown": "# a", "text/plain": "# a" });
});

test("plot() draws numbers, named arrays, rows and points, and its handle follows", async () => {
  const [one] = await shown("plot([3, 2, NaN, 1])");
  expect(one?.["text/plain"]).toBe("values: 4 values from 3 to 1");
  expect(one?.["image/svg+xml"]).toMatch(/>NaN<.*<path d="M/s);
  const [two] = await shown(
    "plot({ train: Float32Array.of(3, 1), heldOut: [{ x: 0, y: 4 }, { x: 10, y: 2 }] }, { title: 'Loss', x: 'step', y: 'nats' })",
  );
  expect(two).toMatchObject({
    "application/vnd.plotly.v1+json": {
      data: [
        { name: "train", x: [0, 1], y: [3, 1] },
        { name: "heldOut", x: [0, 10], y: [4, 2] },
      ],
    },
    "text/plain": "Loss\ntrain: 2 values from 3 to 1\nheldOut: 2 values from 4 to 2",
  });
  const [rows] = await shown("plot([[1, 2], [3, 4]], { labels: ['a', 'b'] })");
  expect(rows?.["text/plain"]).toBe("a: 2 values from 1 to 2\nb: 2 values from 3 to 4");
  const { messages } = await kernel.run("const live = plot([1]); live.update([1, 2]); live");
  expect(messages.map(({ header }) => header.msg_type)).toEqual([
    ...["display_data", "update_display_data"],
  ]);
  expect(messages[1]?.content["data"]).toMatchObject({
    "text/plain": "values: 2 values from 1 to 2",
  });
});

test.each([
  ["plot('losses')", /plot\(\) takes numbers, as plot\(losses\).*got "losses"/],
  ["plot([1, 'a'])", /plot\(\) takes numbers/],
  ["plot([1], { tilte: 'x' })", /plot has no option tilte; did you mean title\?/],
  ["plot([1], { labels: ['a', 'b'] })", /labels names 2 series, and there are 1/],
  ["display.table(3)", /display\.table\(\) takes an array of rows/],
  ["display.image('nowhere.png')", /there is no file nowhere\.png in \/.*\//],
  ["display.image('text.png')", /takes a path or the bytes of a PNG.*text\.png, which is another/],
  ["display.image('pipe')", /pipe is no regular file/],
  ["display.image('https://x.org/a.png')", /is an address; use display\.image\(Buffer/],
])("%s is refused", async (code, message) => {
  writeFileSync(join(kernel.folder, "text.png"), "no picture");
  execFileSync("sh", ["-c", `test -p pipe || mkfifo pipe`], { cwd: kernel.folder });
  expect((await kernel.run(code)).error).toMatch(message);
});

test("display.table() takes rows, columns and arrays", async () => {
  const [rows] = await shown("display.table([{ a: 1, b: 'x<y' }, { a: null, c: [1] }])");
  expect(rows?.["text/plain"]).toBe(
    "   a     b      c\n   1   x<y   null\nnull  null  [ 1 ]\n2 rows x 3 columns",
  );
  expect(rows?.["text/html"]).toContain("<td>x&lt;y</td>");
  const [columns] = await shown("display.table({ step: [1, 2], loss: Float64Array.of(3, 2.5) })");
  expect(columns?.["text/plain"]).toBe("step  loss\n   1     3\n   2   2.5\n2 rows x 2 columns");
  const [long] = await shown("display.table(Array.from({ length: 500 }, (_, i) => [i, i * i]))");
  expect(long?.["text/plain"]).toMatch(/500 rows x 2 columns, the first 20 shown$/);
});

test("display.image() takes a path, bytes and data URLs", async () => {
  mkdirSync(join(kernel.folder, "pictures"), { recursive: true });
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
  writeFileSync(join(kernel.folder, "pictures/a.png"), png);
  writeFileSync(join(kernel.folder, "pictures/b.svg"), '<?xml version="1.0"?>\n<svg></svg>');
  const encoded = png.toString("base64");
  const [path] = await shown("display.image('pictures/a.png')");
  expect(path).toEqual({ "image/png": encoded, "text/plain": "[image/png]" });
  const [svg] = await shown("display.image('pictures/b.svg')");
  expect(svg?.["image/svg+xml"]).toContain("<svg></svg>");
  const [url] = await shown(`display.image('data:image/png;base64,${encoded}')`);
  expect(url?.["image/png"]).toBe(encoded);
});

test("a tensor of pixels is a picture, channels first or last", async () => {
  await kernel.run('import { arange, rand, tensor, zeros } from "notebooster"');
  const pixels = (data: string) =>
    python(
      `import base64, struct, zlib
png, at, chunks = base64.b64decode(args[0]), 8, {}
while at < len(png):
    size, kind = struct.unpack(">I4s", png[at:at + 8])
    data, sum = png[at + 8:at + 8 + size], struct.unpack(">I", png[at + 8 + size:at + 12 + size])[0]
    assert sum == zlib.crc32(kind + data)
    chunks[kind], at = data, at + 12 + size
width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
print(json.dumps([colours, depth, [width, height], list(zlib.decompress(chunks[b"IDAT"]))]))`,
      data,
    );
  const pictureOf = async (code: string) => {
    const [picture] = await shown(`display.image(${code})`);
    return pixels(picture?.["image/png"] ?? "");
  };
  expect(await pictureOf("tensor([[0, 0.5, 1]])")).toEqual([0, 8, [3, 1], [0, 0, 128, 255]]);
  const bytes = 'arange(12).to("uint8").view(3, 2, 2)';
  const rows = [0, ...[0, 4, 8], ...[1, 5, 9], 0, ...[2, 6, 10], ...[3, 7, 11]];
  expect(await pictureOf(bytes)).toEqual([2, 8, [2, 2], rows]);
  expect(await pictureOf(`${bytes}.permute(1, 2, 0)`)).toEqual([2, 8, [2, 2], rows]);
  const told = async (code: string) => (await kernel.run(`display.image(${code})`)).error;
  expect(await told("zeros(2, 5, 5)")).toContain("got float32[2, 5, 5]");
  expect(await told("tensor([[0, 2]])")).toContain('got int64; convert it: x.to("uint8")');
  expect(await told("tensor([[0, 2.5]])")).toContain("got 2.5; scale them, as in x.div(255)");
});
