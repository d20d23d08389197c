// Controls in JupyterLab: moved and pressed by a person, heard by the kernel, there again when the notebook is reopened.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pictures, useLab } from "./lab-under-test.js";
import { writeNotebook } from "./write-notebook.js";

const CONTROLS = `import { Button, Dropdown, FloatProgress, HBox, IntSlider, Label, Text, VBox } from "notebooster/widgets";

const width = new IntSlider({ value: 3, max: 12, description: "width" });
const area = new Label({ value: "area 9" });
const bar = new FloatProgress({ max: 12, value: 3, description: "of 12" });
const name = new Text({ value: "square", description: "name" });
const kind = new Dropdown({ options: ["red", "blue"], description: "colour" });
const say = new Button({ description: "say it", buttonStyle: "primary" });
width.onChange((value) => {
  area.value = \`area \${value * value}\`;
  bar.value = value;
});
say.onClick(() => console.log(\`a \${kind.value} \${name.value} of \${width.value}\`));
new VBox([width, new HBox([area, bar]), name, new HBox([kind, say])])`;

const TALK = `import { AutoModelForCausalLM, AutoTokenizer, chat } from "notebooster";
const model = await AutoModelForCausalLM.fromPretrained("chat-model");
const tokenizer = await AutoTokenizer.fromPretrained("chat-model");
chat(model, tokenizer, { maxNewTokens: 200, eosTokenId: null })`;

const lab = useLab({ types: false });

const name = writeNotebook(lab.folder, "controls", [CONTROLS, "[width.value, kind.value]"]);

test("a slider that is moved changes a value in the kernel and a label, a button runs code", async () => {
  const notebook = await lab.open(name);
  const { page } = notebook;
  await notebook.choose("Run", "Run All Cells");
  const slider = page.locator(".widget-slider [role=slider], .widget-slider .noUi-handle").first();
  await slider.waitFor();
  await slider.focus();
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowRight");
  await page.locator(".widget-label", { hasText: /^area 25$/ }).waitFor();
  await page.locator(".widget-text input").fill("circle");
  await page.locator(".widget-dropdown select").selectOption("blue");
  await page.locator(".widget-button", { hasText: "say it" }).click();
  await notebook.output("a blue circle of 5").waitFor();
  await page.screenshot({ path: join(pictures, "widgets.png") });
  await page.locator(".jp-Cell").last().click();
  await page.keyboard.press("Shift+Enter");
  await notebook.output("[ 5, 'blue' ]").waitFor();
  await notebook.save();
  await page.reload();
  await page.locator(".widget-label", { hasText: /^area 25$/ }).waitFor();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".widget-label", { hasText: /^area 36$/ }).waitFor();
  await notebook.save();
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("a conversation: a line is answered as the model speaks, Stop ends an answer, Clear forgets", async () => {
  const model = join(lab.folder, "chat-model");
  cpSync(fileURLToPath(new URL("../../notebooks/base-model", import.meta.url)), model, {
    recursive: true,
  });
  const config = join(model, "tokenizer_config.json");
  const chat_template = "{% for m in messages %}{{ m.content }} {% endfor %}";
  writeFileSync(
    config,
    JSON.stringify({ ...JSON.parse(readFileSync(config, "utf8")), chat_template }),
  );
  const notebook = await lab.open(writeNotebook(lab.folder, "talk", [TALK]));
  const { page } = notebook;
  await notebook.choose("Run", "Run All Cells");
  const line = page.locator(".widget-text input");
  const stop = page.locator(".widget-button", { hasText: "Stop" });
  const answers = page.locator(".notebooster-chat-assistant");
  await line.fill("Once upon a time <b>there</b> was");
  await line.press("Enter");
  await page.locator(".notebooster-chat-user", { hasText: "time <b>there</b> was" }).waitFor();
  const lengthOf = async () => (await answers.last().textContent())?.length;
  await expect.poll(lengthOf).toBeGreaterThan(40);
  await page.locator(".widget-button:not([disabled])", { hasText: "Send" }).waitFor();
  await page.screenshot({ path: join(pictures, "chat.png") });
  await line.fill("And then");
  await page.locator(".widget-button", { hasText: "Send" }).click();
  await expect.poll(lengthOf).toBeGreaterThan(20);
  await stop.click();
  await page.locator(".widget-button[disabled]", { hasText: "Stop" }).waitFor();
  await page.locator(".jp-OutputArea-output").getByText("Settings").click();
  await page.locator(".widget-slider").waitFor();
  await page.screenshot({ path: join(pictures, "chat-settings.png") });
  await page.locator(".widget-button", { hasText: "Clear" }).click();
  await answers.first().waitFor({ state: "detached" });
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("a fresh kernel, which knows nothing of the controls, leaves them as they were saved", async () => {
  await lab.endKernels();
  const notebook = await lab.open(name, async () => undefined); // in a page that knows nothing of them either
  await notebook.page.locator(".widget-label", { hasText: /^area 36$/ }).waitFor();
  await notebook.page.screenshot({ path: join(pictures, "widgets-reopened.png") });
  await notebook.close();
});

test("without any kernel, where the widget manager never begins, they are shown as they stood", async () => {
  await lab.withoutKernel(name, "own", async (notebook) => {
    const still = notebook.output("width: 6 (0 to 12)");
    await still.waitFor();
    expect(await still.textContent()).toMatch(
      /area 36[\s\S]*of 12: 6 of 12[\s\S]*name: circle[\s\S]*colour: blue/,
    );
    await notebook.page.screenshot({ path: join(pictures, "widgets-without-kernel.png") });
  });
});
