// What values and display() look like.

import { cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

type Bundle = Record<string, string>;

/** Bundles shown by a cell, in order. */
async function shown(code: string): Promise<Bundle[]> {
  const { messages, error } = await kernel.run(code);
  if (error !== "") throw new Error(error);
  return messages.map(({ content }) => content["data"] as Bundle);
}

async function plain(code: string): Promise<string> {
  const [bundle] = await shown(code);
  return String(bundle?.["text/plain"]);
}

test("a handle replaces its output, from later cells too, and shows nothing itself", async () => {
  const { messages } = await kernel.run("const counter = display('one');\ncounter");
  expect(messages.map(({ header }) => header.msg_type)).toEqual(["display_data"]);
  const [first] = messages;
  const later = await kernel.run("counter.update({ 'text/html': '<i>two</i>' })");
  expect(later.messages[0]?.header.msg_type).toBe("update_display_data");
  expect(later.messages[0]?.content).toMatchObject({
    data: { "text/html": "<i>two</i>" },
    transient: first?.content["transient"],
  });
  const wrong = await kernel.run("display(1, { update: true })");
  expect(wrong.error).toContain("keep what display() returns");
});

test("helpers take text or a template", async () => {
  const bundles = await shown(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is the cell's
    "const name = 'x';\ndisplay.html('<b>a</b>'); display.html`<b>${name}</b>`; display.markdown`# ${1 + 1}`; display.svg('<svg/>');",
  );
  expect(bundles).toEqual([
    { "text/html": "<b>a</b>", "text/plain": "a" },
    { "text/html": "<b>x</b>", "text/plain": "x" },
    { "text/markdown": "# 2", "text/plain": "# 2" },
    { "image/svg+xml": "<svg/>", "text/plain": "[image/svg+xml]" },
  ]);
});

test("JSX is HTML, with components of functions; what only React can run is an object", async () => {
  const react = dirname(createRequire(import.meta.url).resolve("react/package.json"));
  mkdirSync(join(kernel.folder, "node_modules"));
  cpSync(react, join(kernel.folder, "node_modules/react"), { recursive: true });
  const [list] = await shown(
    `const Row = ({ name, children }: { name: string; children?: unknown }) => <li className="r" title={name}>{children}</li>;
     <><Row name='a"b'>{1 + 1}<br/></Row><p style={{ fontSize: 12, opacity: 0.5 }} hidden>x &lt; y</p></>`,
  );
  expect(list).toEqual({
    "text/html":
      '<li class="r" title="a&quot;b">2<br></li><p style="font-size: 12px; opacity: 0.5" hidden>x &lt; y</p>',
    "text/plain": "2\n\nx < y",
  });
  const stateful = await plain("class Old { render() {} }\n<Old />");
  expect(stateful).toContain("$$typeof");
});

test("pictures and figures are recognised; what only resembles them is an object", async () => {
  const [png] = await shown("Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])");
  expect(png).toEqual({ "image/png": "iVBORw0KGgoB", "text/plain": "image/png, 9 bytes" });
  const [jpeg] = await shown("display.image(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))");
  expect(jpeg).toEqual({ "image/jpeg": "/9j/4A==", "text/plain": "[image/jpeg]" });
  const [plotly] = await shown("({ data: [{ type: 'bar', y: [1] }], layout: { title: 't' } })");
  expect(plotly).toMatchObject({ "application/vnd.plotly.v1+json": { layout: { title: "t" } } });
  const schema = "https://vega.github.io/schema/vega-lite/v5.json";
  const [vega] = await shown(`({ $schema: "${schema}", mark: "bar" })`);
  expect(vega).toMatchObject({ "application/vnd.vegalite.v5+json": { mark: "bar" } });
  const [element] = await shown("({ nodeType: 1, nodeName: 'svg', outerHTML: '<svg></svg>' })");
  expect(element?.["image/svg+xml"]).toBe("<svg></svg>");
  expect(await plain("({ data: [1], layout: {} })")).toBe("{ data: [ 1 ], layout: {} }");
  expect((await kernel.run("display.image(3)")).error).toContain("got 3");
});

test("values print bounded, without running getters, each kind as itself", async () => {
  expect(await plain("const o: any = { get g() { throw 1 } }; o.self = o; o")).toBe(
    "<ref *1> { g: [Getter], self: [Circular *1] }",
  );
  expect(await plain("new Map([[{ a: 1 }, new Set([1n])]])")).toBe(
    "Map(1) { { a: 1 } => Set(1) { 1n } }",
  );
  expect(await plain("class Account { #secret = 1; name = 'x' }; new Account()")).toBe(
    "Account { name: 'x' }",
  );
  expect((await plain("Float64Array.from({ length: 1e6 }, (_, i) => i)")).length).toBeLessThan(
    2000,
  );
  const deep =
    "let d: any = {}; const top = d; for (let i = 0; i < 1e4; i++) d = d.next = { i }; top";
  expect((await plain(deep)).length).toBeLessThan(2000);
  const wide =
    "Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => ({ a: [1, 2] })))";
  expect((await plain(wide)).length).toBeLessThan(60_000);
});

test("an error as a value is its message and cause, without the machinery's frames", async () => {
  const text = await plain("[new TypeError('inner', { cause: new Error('why') })]");
  expect(text).toContain("TypeError: inner");
  expect(text).toContain("[cause]: Error: why");
  expect(text).not.toMatch(/\bat /);
});
