// `notebooster run`: the executed notebook, the exit code, what is said on stderr.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { runChecked, runNotebook } from "./notebook-run.js";

test("a notebook is executed in its own folder and written with its outputs", () => {
  const { status, stderr, executed } = runNotebook([
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('beside.txt', 'x');\ndisplay({ 'text/plain': 'a' }, { displayId: 'd' })",
    "console.log(1); console.log(2);\ndisplay({ 'text/plain': 'b' }, { displayId: 'd', update: true });\nprocess.cwd().length > 1",
  ]);
  expect(status).toBe(0);
  expect(stderr).toContain("cell 2/2");
  expect(executed?.nbformat_minor).toBe(5);
  expect(executed?.cells.map(({ outputs }) => outputs)).toEqual([
    [{ output_type: "display_data", data: { "text/plain": ["b"] }, metadata: {} }],
    [
      { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] },
      {
        output_type: "execute_result",
        execution_count: 2,
        data: { "text/plain": ["true"] },
        metadata: {},
      },
    ],
  ]);
  expect(executed?.cells.every(({ id }) => /^[\w-]+$/.test(id))).toBe(true);
});

test("the first failing cell ends the run with its cell, line and exit code 1", () => {
  const { status, stderr, executed } = runNotebook([
    "1",
    "const a = 1;\nthrow new Error('broken here')",
    "3",
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain("cell 2 of 3 failed");
  expect(stderr).toContain("cell [2], line 2");
  expect(executed?.cells[1]?.outputs[0]).toMatchObject({
    output_type: "error",
    evalue: "broken here",
  });
  expect(executed?.cells[2]?.outputs).toEqual([]);
});

test("--allow-errors goes on, --ranks starts ranks, --timeout ends a cell", () => {
  const allowed = runNotebook(
    ["throw new Error('x')", "worldSize"],
    "--allow-errors",
    "--ranks",
    "2",
  );
  expect(allowed.status).toBe(0);
  expect(allowed.executed?.cells[1]?.outputs[0]).toMatchObject({ data: { "text/plain": ["2"] } });
  const late = runNotebook(["while (true) {}"], "--timeout", "1");
  expect(late.status).toBe(1);
  expect(late.stderr).toContain("timed out after 1 s");
});

test("wrong types of the last cell are in the notebook; --check strict refuses it, exit code 1", () => {
  const cells = ["const half = (n: number) => n / 2;", "half('2')"];
  const warned = runChecked(cells);
  expect(warned.status).toBe(0);
  expect(JSON.stringify(warned.executed?.cells[1]?.outputs)).toContain("TS2345");
  const refused = runChecked(cells, "--check", "strict");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("TS2345");
  expect(refused.executed?.cells[1]?.outputs).toMatchObject([{ ename: "TypeCheckError" }]);
  expect(runChecked(["1"], "--check", "hard")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Allowed choices are strict, warn, off"),
  });
});

test("wrong calls are told in a sentence, exit code 2", () => {
  expect(runNotebook(["1"], "--ranks", "none")).toMatchObject({ status: 2 });
  expect(runNotebook(["1"], "another.ipynb").stderr).toContain("Expected 1 argument but got 2");
  expect(runNotebook(["1"], "--ouput", "x").stderr).toContain("Did you mean --output?");
  expect(runNotebook(["1"], "--timeout", "-1").stderr).toContain("It takes a positive number");
});

test("a time limit longer than a timer of Node holds is no limit of none", () => {
  const wait = "await new Promise((r) => setTimeout(r, 500)); console.log('second')";
  const { status, executed } = runNotebook(["1", wait], "--timeout", "2147484");
  expect(status).toBe(0);
  expect(executed?.cells[1]?.outputs[0]?.["text"]).toEqual(["second\n"]);
});

test("cells tagged raises-exception may fail, cells tagged skip-execution are left as they are", () => {
  const { status, executed, stderr } = runNotebook([
    { source: "throw new Error('expected')", tags: ["raises-exception"] },
    { source: "throw new Error('never')", tags: ["skip-execution"] },
    "console.log('after')",
  ]);
  expect(status).toBe(0);
  expect(stderr).not.toContain("failed");
  expect(executed?.cells.map(({ outputs }) => outputs)).toMatchObject([
    [{ output_type: "error", evalue: "expected" }],
    [{ text: "stale" }],
    [{ text: ["after\n"] }],
  ]);
});

test("a cell that takes too long ends the run, also where errors are allowed", () => {
  const endless = { source: "await new Promise(() => 0)", tags: ["raises-exception"] };
  const { status, stderr, executed } = runNotebook(
    [endless, "console.log('never')"],
    "--timeout",
    "1",
    "--allow-errors",
  );
  expect(status).toBe(1);
  expect(stderr).toContain("timed out after 1 s");
  expect(executed?.cells[1]?.outputs).toEqual([]);
});

test("--param values come after the cell tagged parameters, as JSON or as text", () => {
  const cells = ["// parameters\nconst steps = 5;\nlet name = 'a';", "[steps * 2, name]"];
  const { status, executed } = runNotebook(
    cells,
    "--param",
    "steps=21",
    "--param",
    "name=two words",
  );
  expect(status).toBe(0);
  expect(executed?.cells.at(-1)?.outputs[0]?.["data"]).toEqual({
    "text/plain": ["[ 42, 'two words' ]"],
  });
  expect(runNotebook(["1"], "--param", "steps=2")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("tagged `parameters`"),
  });
  const unknown = runNotebook(
    ["// parameters\nconst steps = 5, { lr, ...rest } = { lr: 1 };"],
    "--param",
    "stpes=2",
  );
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toContain(
    "declares no stpes; did you mean steps? It declares: steps, lr, rest",
  );
});

test("--param values have the types that the cell declares", () => {
  const cell =
    "// parameters\nlet lr = -1e-3, name = 'a', isFast = false, limit: number | null = 3;";
  const refused = (parameter: string) => runChecked([cell, "lr"], "--param", parameter);
  for (const [parameter, type] of [
    ["lr=abc", "number"],
    ["lr=null", "number"],
    ["isFast=1", "boolean"],
  ] as const) {
    const { status, stderr, executed } = refused(parameter);
    expect(status).toBe(2);
    expect(stderr).toContain(
      `--param ${parameter}: the cell tagged \`parameters\` declares ${parameter.split("=")[0]} as a ${type}`,
    );
    expect(executed).toBeUndefined();
  }
  const given = ["lr=2", "name=5", "isFast=true", "limit=null"].flatMap((each) => [
    "--param",
    each,
  ]);
  const { executed } = runNotebook([cell, "[lr, name, isFast, limit]"], ...given);
  expect(executed?.cells.at(-1)?.outputs[0]?.["data"]).toEqual({
    "text/plain": ["[ 2, '5', true, null ]"],
  });
});

test("--timing prints how long each cell took, as the notebook's metadata says", () => {
  const { status, stderr, executed } = runNotebook(
    ["await new Promise((r) => setTimeout(r, 300))", "'quick'"],
    "--timing",
  );
  expect(status).toBe(0);
  const [slow, quick, all] = [...stderr.matchAll(/^ +(?:\d+|all) +([\d.]+) s/gm)].map((m) =>
    Number(m[1]),
  );
  expect(slow).toBeGreaterThan(0.2); // by the clock of the day, which is set now and then
  expect(quick).toBeLessThan(slow ?? 0);
  expect(all).toBeCloseTo((slow ?? 0) + (quick ?? 0), 2);
  const { execution = {} } = (executed?.cells[0]?.metadata ?? {}) as {
    execution?: Record<string, string>;
  };
  const [busy, idle] = [execution["iopub.status.busy"], execution["iopub.status.idle"]];
  expect((Date.parse(String(idle)) - Date.parse(String(busy))) / 1000).toBeCloseTo(slow ?? 0, 3);
});

test("-o with .html writes a page with the outputs, plots as pictures", () => {
  const page = join(scratchFolder(), "page.html");
  const { status, stderr } = runNotebook(
    [
      "console.log('hello page'); 6 * 7",
      "import { IntSlider } from 'notebooster/widgets'; new IntSlider({ value: 4, max: 9 })",
      "display({ 'application/vnd.plotly.v1+json': { data: [] }, 'image/png': 'iVBORw0KGgo=', 'text/plain': 'plot' })",
    ],
    "-o",
    page,
  );
  expect(stderr).toContain("page.html");
  expect(status).toBe(0);
  const html = readFileSync(page, "utf8");
  expect(html).toContain("hello page");
  expect(html).toContain("<div>4 (0 to 9)</div>");
  expect(html).not.toContain("widget-view+json");
  expect(html).toContain("data:image/png;base64,iVBORw0KGgo=");
});

test("controls are kept with the executed notebook, as they were at its end", () => {
  const { executed } = runNotebook([
    `import { Image, IntProgress, VBox } from "notebooster/widgets";
const bar = new IntProgress({ max: 500 });
new VBox([bar, new Image({ value: Uint8Array.from([1, 2, 3]) })])`,
    "for (let i = 1; i <= 500; i++) bar.value = i;",
  ]);
  const [output] = executed?.cells[0]?.outputs ?? [];
  const view = "application/vnd.jupyter.widget-view+json";
  const data = output?.["data"] as Record<string, { model_id: string }> | undefined;
  const kept = executed?.metadata["widgets"]?.["application/vnd.jupyter.widget-state+json"] as {
    state: Record<
      string,
      { model_name: string; state: Record<string, unknown>; buffers?: object[] }
    >;
  };
  const models = Object.values(kept.state);
  expect(kept.state[String(data?.[view]?.model_id)]?.model_name).toBe("VBoxModel");
  expect(data?.["text/html"]).toContain('<progress value="500" max="500"></progress>');
  const bar = models.find(({ model_name }) => model_name === "IntProgressModel");
  expect(bar?.state["value"]).toBe(500);
  const image = models.find(({ model_name }) => model_name === "ImageModel");
  expect(image?.buffers).toEqual([{ encoding: "base64", path: ["value"], data: "AQID" }]);
});
