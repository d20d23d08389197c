// JupyterLab's debugger on the kernel: a breakpoint set in the gutter, a stop, variables, steps, the end.

import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { pictures, useLab } from "./lab-under-test.js";
import { writeNotebook } from "./write-notebook.js";

const CELL = `function scale(values: number[], factor: number): number[] {
  const scaled = values.map((value) => value * factor);
  return scaled;
}
const result = scale([1, 2, 3], 10);
console.log("sum", result.reduce((a, b) => a + b));`;

const lab = useLab();

/** The line on which the debugger stands, as text. */
function standsOn(page: Page, text: string): Promise<void> {
  return page.locator(".jp-DebuggerEditor-highlight", { hasText: text }).waitFor();
}

function press(page: Page, command: string): Promise<void> {
  return page.locator(`#jp-debugger-sidebar [data-command="debugger:${command}"]`).click();
}

/** Resolves once JupyterLab has given the kernel of the next connection its breakpoints, which it does by and by. */
async function breakpointsAreRestored(page: Page): Promise<void> {
  const socket = await page.waitForEvent("websocket", (it) => it.url().includes("/channels"));
  await socket.waitForEvent("framereceived", ({ payload }) =>
    /"command": ?"setExceptionBreakpoints"/.test(String(payload)),
  );
}

/** A variable in the panel, with its parts. */
function variable(page: Page, name: string): Locator {
  const label = page.locator(".jp-DebuggerVariables-name", { hasText: new RegExp(`^${name}$`) });
  return page.locator(".jp-DebuggerVariables .jp-TreeItem", { has: label }).last();
}

test("JupyterLab stops at a breakpoint, shows variables, steps, goes on; interrupt and restart work while stopped", async () => {
  const notebook = await lab.open(writeNotebook(lab.folder, "debug", [CELL]));
  const { page } = notebook;
  await page.locator('.jp-DebuggerBugButton[aria-disabled="false"]').click();
  await page.locator('.jp-NotebookPanel[data-jp-debugger="true"]').waitFor();
  await page.locator(".cm-breakpoint-gutter .cm-gutterElement").nth(3).click();
  await page.locator(".jp-DebuggerBreakpoints .jp-DebuggerBreakpoint").first().waitFor();
  await notebook.choose("Run", "Run All Cells");
  await standsOn(page, "return scaled");
  await variable(page, "scaled").getByText("[ 10, 20, 30 ]").waitFor();
  await page.screenshot({ path: join(pictures, "debugger-stopped.png") });
  await variable(page, "scaled").click();
  await variable(page, "2").getByText("30").waitFor();
  await press(page, "next");
  await standsOn(page, "console.log");
  await variable(page, "result").getByText("[ 10, 20, 30 ]").waitFor();
  await page.screenshot({ path: join(pictures, "debugger-stepped.png") });
  await press(page, "continue");
  await notebook.kernelIsIdle();
  await page.locator(".jp-OutputArea-output", { hasText: "sum 60" }).waitFor();
  await variable(page, "result").waitFor();
  await page.screenshot({ path: join(pictures, "debugger-ended.png") });

  await notebook.choose("Run", "Run All Cells");
  await standsOn(page, "return scaled");
  await notebook.choose("Kernel", "Interrupt Kernel");
  await page.locator(".jp-OutputArea-output", { hasText: "InterruptedError" }).waitFor();
  await notebook.choose("Run", "Run All Cells");
  await standsOn(page, "return scaled");
  await variable(page, "scaled").waitFor(); // what the debugger asks on a stop is answered
  await notebook.choose("Kernel", "Restart Kernel…");
  const restored = breakpointsAreRestored(page);
  await page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
  await restored;
  await notebook.choose("Run", "Run All Cells");
  await standsOn(page, "return scaled");
  await press(page, "continue");
  await page.locator(".jp-OutputArea-output", { hasText: "sum 60" }).waitFor();
  expect(notebook.errors).toEqual([]);
});
