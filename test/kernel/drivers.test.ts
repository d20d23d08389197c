// Other people's front ends drive the kernel: `jupyter console` on a terminal, JupyterLab's own client library through a
// Jupyter Server.

import { join } from "node:path";
import { KernelManager, type KernelMessage, ServerConnection } from "@jupyterlab/services";
import { expect, test } from "vitest";
import { startLab } from "../browser/lab-server.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { kernelspecs, USE_KERNELSPECS } from "./kernelspec.js";

test("jupyter console runs cells, asks, shows errors and leaves, on a pseudo-terminal", () => {
  const program = `${USE_KERNELSPECS}
import re, pexpect
os.environ["TERM"] = "dumb"
console = pexpect.spawn(sys.executable, ["-m", "jupyter_console", "--kernel", "notebooster", "--simple-prompt"], encoding="utf8", timeout=40, dimensions=(40, 120))
def ask(line, answer):
    console.sendline(line)
    console.expect(answer)
    return True
console.expect(r"In \\[1\\]: ")
# jupyter_console takes the "idle" that ends its own kernel_info for the end of a first cell that runs over 50 ms, and keeps
# the result back until the next line. A blank line (an empty one does nothing) reads that message away.
console.sendline(" ")
console.expect(r"In \\[1\\]: ")
seen = [
    ask("6 * 7", r"Out\\[1\\]: 42"),
    ask("const name = prompt('Who?')", r"Who\\? "),
    ask("Ann", r"In \\[3\\]: "),
    ask("name", r"Out\\[3\\]: 'Ann'"),
    ask("throw new TypeError('oh no')", r"TypeError: oh no"),
]
console.sendline("exit")
console.expect(pexpect.EOF)
print(json.dumps(seen))`;
  expect(python(program, kernelspecs())).toEqual([true, true, true, true, true]);
});

/** Runs one cell as JupyterLab would, answers its questions with `answer`, and returns reply, text and result. */
async function run(kernel: KernelConnection, code: string, answer = "") {
  const future = kernel.requestExecute({ code, allow_stdin: true });
  let [text, result] = ["", ""];
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") text += (content as { text: string }).text;
    if (header.msg_type !== "execute_result") return;
    result = String((content as { data: Record<string, unknown> }).data["text/plain"]);
  };
  future.onStdin = (question) => {
    future.sendInputReply({ status: "ok", value: answer }, question.header as InputHeader);
  };
  const { content } = await future.done;
  return { status: content.status, text, result };
}

type KernelConnection = Awaited<ReturnType<KernelManager["startNew"]>>;
type InputHeader = KernelMessage.IHeader<"input_request">;

test("@jupyterlab/services drives the kernel through a Jupyter Server", async () => {
  const folder = scratchFolder();
  await using lab = await startLab(folder, join(folder, ".jupyter-state"));
  const serverSettings = ServerConnection.makeSettings({
    ...{ baseUrl: lab.url, wsUrl: lab.url.replace("http", "ws"), token: lab.token },
  });
  const kernels = new KernelManager({ serverSettings });
  await kernels.ready;
  const kernel = await kernels.startNew({ name: "notebooster" });
  const info = await kernel.info;
  expect(info.language_info.name).toBe("typescript");
  expect(kernel.supportsSubshells).toBe(true);

  expect(await run(kernel, "const x: number = 6; x * 7")).toMatchObject({ result: "42" });
  const lines = "for (let i = 0; i < 20_000; i++) console.log(i)";
  const all = Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join("");
  expect((await run(kernel, lines)).text).toBe(all);
  expect((await run(kernel, "prompt('Who?')", "Ann")).result).toBe("'Ann'");
  const completion = async () =>
    (await kernel.requestComplete({ code: "Math.flo", cursor_pos: 8 })).content;
  await expect.poll(completion).toMatchObject({ status: "ok", matches: ["floor"] });

  await run(
    kernel,
    `comms.register("echo", (comm) => {
    comm.onMessage((data, buffers) => comm.send({ echo: data }, buffers)) })`,
  );
  const comm = kernel.createComm("echo");
  const echoed = new Promise<KernelMessage.ICommMsgMsg>((resolve) => {
    comm.onMsg = resolve;
  });
  await comm.open({}).done;
  const bytes = new Uint8Array([1, 2, 3]);
  // a comm's messages go to a subshell: they are answered while a cell waits
  const waiting = run(kernel, "await new Promise((r) => setTimeout(r, 1000)); 'waited'");
  comm.send({ n: 1 }, {}, [bytes.buffer]);
  const echo = await echoed;
  expect(echo.content.data).toEqual({ echo: { n: 1 } });
  const [view] = (echo.buffers ?? []) as DataView[];
  expect(new Uint8Array(view?.buffer ?? new ArrayBuffer(0))).toEqual(bytes);
  expect((await waiting).result).toBe("'waited'");

  const looping = kernel.requestExecute({ code: 'display("looping"); while (true) {}' });
  await new Promise<void>((resolve) => {
    looping.onIOPub = ({ header }) => {
      if (header.msg_type === "display_data") resolve();
    };
  });
  await kernel.interrupt();
  expect((await looping.done).content.status).toBe("error");
  expect((await run(kernel, "x")).result).toBe("6");
  await kernel.restart();
  expect((await run(kernel, "typeof x")).result).toBe("'undefined'");
  await kernel.shutdown();
  kernels.dispose();
});
