// Comms between a front end and code of cells.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const ECHO = `comms.register("echo", (comm, data, buffers) => {
  comm.send({ opened: data }, buffers);
  comm.onMessage((message, parts) => comm.send({ echo: message, sizes: parts.map((part) => part.length) }, parts));
})`;

function open(target: string, id: string) {
  const content = { comm_id: id, target_name: target, data: { hello: 1 } };
  kernel.client.send({ type: "comm_open", content, buffers: [Buffer.from([9])] });
}

test("an open comm echoes data and buffers of odd sizes unchanged", async () => {
  await kernel.run(ECHO);
  const opened = kernel.next(({ header }) => header.msg_type === "comm_msg");
  open("echo", "c1");
  expect((await opened).content).toMatchObject({ comm_id: "c1", data: { opened: { hello: 1 } } });
  const buffers = [0, 1, 3, 1001].map((size) => Buffer.alloc(size, size));
  const echoed = kernel.next(({ header }) => header.msg_type === "comm_msg");
  kernel.client.send({ type: "comm_msg", content: { comm_id: "c1", data: { n: 1 } }, buffers });
  const echo = await echoed;
  expect(echo.content["data"]).toEqual({ echo: { n: 1 }, sizes: [0, 1, 3, 1001] });
  expect(echo.buffers.map((buffer) => Buffer.from(buffer))).toEqual(buffers);
});

test("comm_info lists open comms by target", async () => {
  const info = await kernel.client.request({
    type: "comm_info_request",
    content: { target_name: "echo" },
  });
  expect(info.content["comms"]).toEqual({ c1: { target_name: "echo" } });
});

test("a comm of a target nobody registered is closed", async () => {
  const closed = kernel.next(({ header }) => header.msg_type === "comm_close");
  open("nobody", "c2");
  expect((await closed).content["comm_id"]).toBe("c2");
});

test("a comm sent right behind the cell that registers its target finds it", async () => {
  const opened = kernel.next(({ header }) => header.msg_type === "comm_msg");
  const registering = kernel.run(
    `await new Promise((r) => setTimeout(r, 100)); ${ECHO.replace("echo", "later")}`,
  );
  open("later", "c3");
  expect((await opened).content["comm_id"]).toBe("c3");
  await registering;
});

test("a cell opens a comm to the front end", async () => {
  const { messages } = await kernel.run(
    "const mine = comms.open('panel', { a: 1 }, [new Uint8Array([5])]); undefined",
  );
  expect(messages[0]).toMatchObject({
    header: { msg_type: "comm_open" },
    content: { target_name: "panel", data: { a: 1 } },
  });
  expect([...(messages[0]?.buffers[0] ?? [])]).toEqual([5]);
});
