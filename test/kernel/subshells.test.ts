// Subshells: cells of one run while a cell of another waits; errors, interrupts and deletion stay apart.

import { expect, test } from "vitest";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

async function control(type: string, content: Record<string, unknown> = {}) {
  return (await kernel.client.request({ type: `${type}_subshell_request`, content }, "control"))
    .content;
}

async function create(): Promise<string> {
  const reply = await control("create");
  expect(reply["status"]).toBe("ok");
  return String(reply["subshell_id"]);
}

test("kernel_info announces subshells, which are created, listed and deleted on control", async () => {
  const info = await kernel.client.request({ type: "kernel_info_request", content: {} });
  expect(info.content["supported_features"]).toContain("kernel subshells");
  const ids = [await create(), await create()];
  expect(new Set((await control("list"))["subshell_id"] as string[])).toEqual(new Set(ids));
  for (const subshell_id of ids) {
    expect(await control("delete", { subshell_id })).toEqual({ status: "ok" });
  }
  expect((await control("list"))["subshell_id"]).toEqual([]);
  expect(await control("delete", { subshell_id: "gone" })).toMatchObject({ status: "error" });
  const unknown = await kernel.run("1", { subshell: "gone" });
  expect(unknown.reply).toMatchObject({ status: "error", ename: "RangeError" });
});

test("a cell of a subshell runs while one of the main shell waits, in the same scope", async () => {
  const subshell = await create();
  await kernel.run(
    "let release: () => void; const released = new Promise<void>((r) => { release = r })",
  );
  const waiting = kernel.run("await released; console.log('main'); 'from main'");
  const other = await kernel.run("release(); console.log('sub'); typeof released.then", {
    subshell,
  });
  expect(other).toMatchObject({ result: "'function'", stdout: "sub\n" });
  expect(await waiting).toMatchObject({ result: "'from main'", stdout: "main\n" });
  expect(Number(other.reply["execution_count"])).toBe(
    Number((await waiting).reply["execution_count"]) + 1,
  );
  await control("delete", { subshell_id: subshell });
});

test("an error aborts what waits in its own shell only", async () => {
  const subshell = await create();
  const [failed, aborted, fine] = await Promise.all([
    kernel.run("await new Promise((r) => setTimeout(r, 50)); throw new Error('here')", {
      subshell,
    }),
    kernel.run("1", { subshell }),
    kernel.run("await new Promise((r) => setTimeout(r, 100)); 2"),
  ]);
  expect(failed.reply["status"]).toBe("error");
  expect(aborted.reply["status"]).toBe("aborted");
  expect(fine.result).toBe("2");
  await control("delete", { subshell_id: subshell });
});

test("an interrupt ends the running cells of all shells", async () => {
  const subshell = await create();
  let begun = kernel.begun();
  const waiting = kernel.run(`${BEGIN} await new Promise(() => {})`);
  await begun;
  begun = kernel.begun();
  const looping = kernel.run(`${BEGIN} for (;;) await new Promise((r) => setTimeout(r, 1))`, {
    subshell,
  });
  await begun;
  await kernel.client.interrupt();
  expect((await waiting).reply["ename"]).toBe("InterruptedError");
  expect((await looping).reply["ename"]).toBe("InterruptedError");
  expect((await kernel.run("3")).result).toBe("3");
  await control("delete", { subshell_id: subshell });
});

test("deleting a subshell aborts what waits in it and lets its running cell end", async () => {
  const subshell = await create();
  const running = kernel.run("await new Promise((r) => setTimeout(r, 300)); 'ended'", { subshell });
  const waiting = kernel.run("1", { subshell });
  // A request on shell is answered after the kernel has read both cells; control may overtake them.
  await kernel.client.request({ type: "kernel_info_request", content: {} });
  await control("delete", { subshell_id: subshell });
  expect((await running).result).toBe("'ended'");
  expect((await waiting).reply["status"]).toBe("aborted");
});
