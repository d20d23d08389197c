// Widgets over the wire: what a front end gets and what it sends.

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Message } from "../../dist/kernel/wire/message.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

interface Update {
  readonly method: string;
  readonly state: Record<string, unknown>;
}

const isComm = (message: Message, id: string): boolean =>
  message.header.msg_type === "comm_msg" && message.content["comm_id"] === id;

function isUpdate(message: Message, id: string, key: string): boolean {
  const data = message.content["data"] as Update | undefined;
  return isComm(message, id) && data?.method === "update" && key in data.state;
}

/** Opened models of a cell by model name, and the ids of those that it shows. */
async function show(code: string) {
  const { messages, error } = await kernel.run(
    `import * as w from "notebooster/widgets";\n${code}`,
  );
  if (error !== "") throw new Error(error);
  const opened = messages.filter(({ header }) => header.msg_type === "comm_open");
  const models = new Map(
    opened.map((message) => {
      const { state } = message.content["data"] as Update;
      return [
        String(state["_model_name"]),
        { message, state, id: String(message.content["comm_id"]) },
      ];
    }),
  );
  return { models, messages, id: (name: string) => models.get(`${name}Model`)?.id ?? "none" };
}

function send(id: string, data: object, buffers: Uint8Array[] = []): string {
  return kernel.client.send({ type: "comm_msg", content: { comm_id: id, data }, buffers });
}

const update = (state: object) => ({ method: "update", state, buffer_paths: [] });

test("showing a control opens it with its layout and style, and shows a view of it", async () => {
  const { models, messages, id } = await show(
    "const slider = new w.IntSlider({ value: 3, max: 10, description: 'n', layout: { width: '50%' } });\nslider",
  );
  expect(models.get("IntSliderModel")?.message).toMatchObject({
    metadata: { version: "2.1.0" },
    content: { target_name: "jupyter.widget" },
  });
  expect(models.get("IntSliderModel")?.state).toMatchObject({
    _model_module: "@jupyter-widgets/controls",
    _view_name: "IntSliderView",
    value: 3,
    max: 10,
    layout: `IPY_MODEL_${id("Layout")}`,
    style: `IPY_MODEL_${id("SliderStyle")}`,
  });
  expect(models.get("LayoutModel")?.state).toMatchObject({ width: "50%" });
  expect(messages.at(-1)?.content["data"]).toEqual({
    "text/plain": "n: 3 (0 to 10)",
    "text/html": "<div>n: 3 (0 to 10)</div>",
    "application/vnd.jupyter.widget-view+json": {
      ...{ version_major: 2, version_minor: 0, model_id: id("IntSlider") },
    },
  });
});

test("a change in the page runs listeners, is echoed to all pages, and changes go back", async () => {
  const { id } = await show(
    `const level = new w.FloatSlider({ max: 1 }), label = new w.Label();
level.onChange((value, before) => { label.value = before + " -> " + value; });
new w.VBox([level, label])`,
  );
  const echoed = kernel.next((message) => isComm(message, id("FloatSlider")));
  const sent = send(id("FloatSlider"), update({ value: 0.25 }));
  const echo = await echoed;
  expect(echo.content["data"]).toMatchObject({ method: "echo_update", state: { value: 0.25 } });
  expect(echo.parent.msg_id).toBe(sent);
  expect((await kernel.run("[level.value, label.value]")).result).toBe("[ 0.25, '0 -> 0.25' ]");
  const changed = kernel.next((message) => isUpdate(message, id("Label"), "value"));
  send(id("FloatSlider"), update({ value: 0.5 }));
  expect((await changed).content["data"]).toMatchObject({ state: { value: "0.25 -> 0.5" } });
});

test("a click runs code while another cell waits, and its output belongs to the button's cell", async () => {
  const { messages, id } = await show(
    "const go = new w.Button({ description: 'go' });\ngo.onClick(() => console.log('pressed'));\ngo",
  );
  const home = messages[0]?.parent.msg_id;
  const running = kernel.run("await new Promise((r) => setTimeout(r, 1000)); 'over'");
  const printed = kernel.next(({ header }) => header.msg_type === "stream");
  send(id("Button"), { method: "custom", content: { event: "click" } });
  expect((await printed).parent.msg_id).toBe(home);
  expect((await running).stdout).toBe("");
});

test("a listener that throws says so in its cell, and the next message is heard", async () => {
  const { id } = await show(
    "const bad = new w.Checkbox();\nbad.onChange(() => { throw new Error('oops'); });\nbad",
  );
  const told = kernel.next(({ header }) => header.msg_type === "stream");
  send(id("Checkbox"), update({ value: true }));
  expect((await told).content["text"]).toMatch(/Error: oops/);
  send(id("Checkbox"), update({ value: false }));
  expect((await kernel.run("bad.value")).result).toBe("false");
});

test("many changes become few messages, the last of them whole", async () => {
  const { id } = await show("const bar = new w.IntProgress({ max: 20_000 });\nbar");
  const updates: Message[] = [];
  const last = kernel.next((message) => {
    if (isUpdate(message, id("IntProgress"), "value")) updates.push(message);
    const data = message.content["data"] as Update | undefined;
    return isUpdate(message, id("IntProgress"), "value") && data?.state["value"] === 20_000;
  });
  await kernel.run("for (let i = 1; i <= 20_000; i++) bar.value = i;");
  await last;
  expect(updates.length).toBeLessThan(1000); // how few depends on how long the loop takes
});

test("a page that comes later gets every open control", async () => {
  const { id } = await show(
    "const late = new w.Dropdown({ options: { one: 1, two: 2 }, value: 2 });\nlate",
  );
  const control = randomUUID();
  const open = { comm_id: control, target_name: "jupyter.widget.control", data: {} };
  kernel.client.send({ type: "comm_open", content: open });
  const answered = kernel.next((message) => isComm(message, control));
  send(control, { method: "request_states" });
  const { method, states } = (await answered).content["data"] as {
    method: string;
    states: Record<string, object>;
  };
  expect(method).toBe("update_states");
  expect(states[id("Dropdown")]).toMatchObject({
    ...{ model_name: "DropdownModel", model_module_version: "2.0.0" },
    state: { _options_labels: ["one", "two"], index: 1 },
  });
  const single = kernel.next((message) => isUpdate(message, id("Dropdown"), "index"));
  send(id("Dropdown"), { method: "request_state" });
  expect((await single).content["data"]).toMatchObject({ state: { index: 1 } });
});

test("bytes travel beside the state, both ways", async () => {
  const { models, id } = await show(
    "const picture = new w.Image({ value: Uint8Array.from([1, 2, 3]) }), files = new w.FileUpload();\nnew w.HBox([picture, files])",
  );
  const opened = models.get("ImageModel")?.message;
  expect(opened?.content["data"]).toMatchObject({ buffer_paths: [["value"]] });
  expect(opened?.buffers.map((buffer) => [...buffer])).toEqual([[1, 2, 3]]);
  const changed = kernel.next((message) => isComm(message, id("Image")));
  await kernel.run("picture.value = Uint8Array.from([9]);");
  expect((await changed).buffers.map((buffer) => [...buffer])).toEqual([[9]]);
  const file = { name: "a.txt", type: "text/plain", size: 2, last_modified: 0 };
  const paths = [["value", 0, "content"]];
  const data = { method: "update", state: { value: [file] }, buffer_paths: paths };
  const echoed = kernel.next((message) => isComm(message, id("FileUpload")));
  send(id("FileUpload"), data, [Buffer.from("hi")]);
  expect((await echoed).buffers.map((buffer) => Buffer.from(buffer).toString())).toEqual(["hi"]);
  const read = "[files.value[0].name, Buffer.from(files.value[0].content).toString()]";
  expect((await kernel.run(read)).result).toBe("[ 'a.txt', 'hi' ]");
});

test("an output place collects what callbacks show", async () => {
  const { id } = await show(
    "const place = new w.Output();\nplace.print('x', { a: 1 }); place.show({ 'text/html': '<b>y</b>' });\nplace",
  );
  const changed = kernel.next((message) => isUpdate(message, id("Output"), "outputs"));
  await kernel.run("place.show(7);");
  expect(((await changed).content["data"] as Update).state["outputs"]).toEqual([
    { output_type: "stream", name: "stdout", text: "x { a: 1 }\n" },
    { output_type: "display_data", data: { "text/html": "<b>y</b>" }, metadata: {} },
    { output_type: "display_data", data: { "text/plain": "7" }, metadata: {} },
  ]);
});

test("with several ranks rank 0 shows the control, once", async () => {
  await kernel.run("%cluster 2");
  const { messages } = await show("new w.Label({ value: 'only one' })");
  const types = messages.map(({ header }) => header.msg_type);
  expect(types).toEqual(["comm_open", "comm_open", "execute_result"]);
  await kernel.run("%cluster 1");
});

test("wrong options are refused with what is allowed", async () => {
  const error = async (code: string) =>
    (await kernel.run(`import * as w from "notebooster/widgets";\n${code}`)).error;
  expect(await error("new w.IntSlider({ max: 5, value: 7 })")).toContain("it must be from 0 to 5");
  expect(await error("new w.IntSlider({ valu: 7 } as object)")).toContain(
    "new IntSlider has no option valu; did you mean value?",
  );
  expect(await error("new w.Text({ value: 7 as unknown as string })")).toContain(
    "Text: value must be text, got 7",
  );
  expect(await error("new w.Dropdown({ options: ['a'], value: 'b' })")).toContain(
    'Dropdown: value must be one of its options, "a", got "b"',
  );
});

test("viewers without widgets get each control as it stands, nothing of it as code", async () => {
  const { messages } =
    await show(`const bar = new w.IntProgress({ max: 8, value: 2, description: "<b>" });
const choice = new w.Dropdown({ options: { one: 1, two: 2 }, value: 2 });
const secret = new w.Password({ value: "hidden" });
const tab = new w.Tab([new w.HBox([bar, choice]), new w.VBox([secret, new w.Checkbox({ value: true })])], { titles: ["A", "B"] });
tab`);
  const data = messages.at(-1)?.content["data"] as Record<string, string>;
  expect(data["text/plain"]).toBe("A\n<b>: 2 of 8  two\nB\n••••\nyes");
  expect(data["text/html"]).toContain('<progress value="2" max="8"></progress> &lt;b&gt;: 2 of 8');
});
