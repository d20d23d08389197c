// What front ends take for the kernel's state: the newest status message, whatever it belongs to.

import { expect, test } from "vitest";
import type { Message } from "../../dist/kernel/wire/message.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });

/** Requests that a front end sends while a cell runs, each answered at once. */
const REQUESTS = {
  complete_request: { code: "conso", cursor_pos: 5 },
  inspect_request: { code: "console", cursor_pos: 7, detail_level: 0 },
  is_complete_request: { code: "1 +" },
  history_request: { hist_access_type: "tail", n: 1, output: false, raw: true },
  comm_info_request: {},
  kernel_info_request: {},
};

/** Runs a cell, `meanwhile` while it waits, and expects `states` to be published for it, those of nobody as "-". */
async function expectStates(states: readonly string[], meanwhile: () => Promise<unknown>) {
  const messages: Message[] = [];
  const running = kernel.run("await new Promise(() => undefined)");
  await kernel.next(({ header }) => header.msg_type === "execute_input");
  kernel.client.onIopub = (message) => messages.push(message);
  await meanwhile();
  const published = () =>
    messages
      .filter(({ header }) => header.msg_type === "status")
      .map(({ content, parent }) => `${content["execution_state"]} ${parent.msg_type ?? "-"}`);
  await expect.poll(published).toEqual(states);
  await kernel.client.interrupt();
  await running;
}

test("an answer to any request leaves the kernel busy while a cell runs", async () => {
  for (const [type, content] of Object.entries(REQUESTS)) {
    await expectStates([`busy ${type}`, `idle ${type}`, "busy -"], () =>
      kernel.client.request({ type, content }),
    );
  }
});

test("an answer on control and a cell of a subshell leave the kernel busy while a cell runs", async () => {
  const type = "create_subshell_request";
  await expectStates([`busy ${type}`, `idle ${type}`, "busy -"], () =>
    kernel.client.request({ type, content: {} }, "control"),
  );
  const reply = await kernel.client.request({ type: "list_subshell_request", content: {} });
  const [subshell] = reply.content["subshell_id"] as string[];
  const states = ["busy execute_request", "idle execute_request", "busy -"];
  await expectStates(states, () => kernel.run("1", { subshell: String(subshell) }));
});

test("a live plot's messages are served while a cell runs, and never show the kernel idle", async () => {
  const data = { type: "attach", runId: "nobody", since: -1 };
  const content = { comm_id: "plot", target_name: "notebooster.metrics", data };
  const type = "is_complete_request";
  await expectStates([`busy ${type}`, `idle ${type}`, "busy -"], async () => {
    const served = new Promise((resolve) => {
      const watch = kernel.client.onIopub;
      kernel.client.onIopub = (message) => {
        watch(message);
        if (message.content["comm_id"] === "plot") resolve(message);
      };
    });
    kernel.client.send({ type: "comm_open", content });
    kernel.client.send({ type: "comm_msg", content: { comm_id: "plot", data } });
    await served;
    await kernel.client.request({ type, content: { code: "1" } });
  });
});

test("without a cell every request ends idle, a plot's too", async () => {
  const data = { type: "attach", runId: "nobody", since: -1 };
  const content = { comm_id: "late plot", target_name: "notebooster.metrics", data };
  const idle = kernel.next(
    ({ parent, content }) =>
      parent.msg_type === "comm_open" && content["execution_state"] === "idle",
  );
  kernel.client.send({ type: "comm_open", content });
  expect((await idle).content).toEqual({ execution_state: "idle" });
});
