// Cells that ask: prompt(), confirm(), password() and await input(), each answered by a front end or refused.

import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { useKernel } from "./kernel-under-test.js";
import { kernelspecs, USE_KERNELSPECS } from "./kernelspec.js";

const kernel = useKernel();

/** Runs a cell whose questions are answered by `answers` in turn; also returns what was asked. */
async function asked(code: string, ...answers: string[]) {
  const questions: [string, boolean][] = [];
  const onInput = (prompt: string, isPassword: boolean): string => {
    questions.push([prompt, isPassword]);
    return answers.shift() ?? "";
  };
  return { ...(await kernel.run(code, { onInput })), questions };
}

test("prompt, confirm, password and input ask the front end and return what it answers", async () => {
  const { result, questions, error } = await asked(
    "[prompt('Name?'), prompt('Empty', 'fallback'), confirm('Sure?'), password(), await input('Later?')]",
    "Ann π",
    "",
    "yes",
    "secret",
    "now",
  );
  expect(error).toBe("");
  expect(result).toBe("[ 'Ann π', 'fallback', true, 'secret', 'now' ]");
  expect(questions).toEqual([
    ["Name? ", false],
    ["Empty ", false],
    ["Sure? [y/N] ", false],
    ["Password: ", true],
    ["Later? ", false],
  ]);
});

test("output printed before a question is shown before it is answered", async () => {
  const shown = kernel.next(({ header }) => header.msg_type === "stream");
  const onInput = async (): Promise<string> => String((await shown).content["text"]);
  const { result } = await kernel.run("console.log('look'); prompt('well?')", { onInput });
  expect(result).toBe("'look\\n'");
});

test("a front end that takes no input is told by name", async () => {
  for (const code of ["prompt('Name?')", "await input('Name?')"]) {
    const { reply } = await kernel.run(code);
    expect(reply).toMatchObject({ status: "error", ename: "StdinNotImplementedError" });
  }
});

test.each(["prompt('Name?')", "await input('Name?')"])(
  "an interrupt ends a cell that waits in `%s`, and the kernel goes on",
  async (code) => {
    const ending = kernel.run(code, {
      onInput: async () => {
        await kernel.client.interrupt();
        return new Promise(() => undefined);
      },
    });
    expect((await ending).reply["ename"]).toBe("InterruptedError");
    expect((await asked("prompt('Again?')", "fine")).result).toBe("'fine'");
  },
);

test("a late question, of a cell that has ended, is refused", async () => {
  await asked("globalThis.late = new Promise((r) => setTimeout(r, 50)).then(() => input('Late?'))");
  const { reply } = await kernel.run("await globalThis.late");
  expect(reply["evalue"]).toContain("has ended");
});

test("ranks that ask the same thing get the same answer, asked once", async () => {
  await kernel.run("%cluster 2");
  const { result, questions } = await asked(
    "const a = prompt('Steps?'); const b = prompt('Steps?'); globalThis.both = [a, b]",
    "1",
    "2",
  );
  expect(questions).toHaveLength(2);
  expect(result).toBe("[ '1', '2' ]");
  expect((await kernel.run("%%rank 1\nglobalThis.both")).result).toBe("[ '1', '2' ]");
});

test("jupyter_client's own stdin channel works", () => {
  const program = `${USE_KERNELSPECS}
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="notebooster")
seen = []
def hook(message):
    seen.append([message["content"]["prompt"], message["content"]["password"]])
    client.input("typed")
reply = client.execute_interactive("const typed = prompt('Type:'); typed", allow_stdin=True, stdin_hook=hook, timeout=20,
    output_hook=lambda m: seen.append(m["content"]["data"]["text/plain"]) if m["msg_type"] == "execute_result" else None)
client.stop_channels()
manager.shutdown_kernel()
print(json.dumps([seen, reply["content"]["status"]]))`;
  expect(python(program, kernelspecs())).toEqual([[["Type: ", false], "'typed'"], "ok"]);
});
