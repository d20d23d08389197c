// A front end's side of the debugger: requests on the control channel, events in order of arrival.

import type { Message } from "../../dist/kernel/wire/message.js";
import type { KernelUnderTest, Shown } from "./kernel-under-test.js";

type Body = Record<string, unknown>;

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly variablesReference: number;
}

interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly source: { readonly path: string };
}

export class DebugClient {
  readonly #kernel: KernelUnderTest;
  readonly #events: Body[] = [];
  #wake: () => void = () => undefined;
  #seq = 0;

  constructor(kernel: KernelUnderTest) {
    this.#kernel = kernel;
    kernel.client.onIopub = ({ header, content }: Message) => {
      if (header.msg_type !== "debug_event") return;
      this.#events.push(content);
      this.#wake();
    };
  }

  /** The whole answer to a request. */
  async answer(command: string, args: Body = {}): Promise<Body> {
    const content = { type: "request", seq: ++this.#seq, command, arguments: args };
    const { content: reply } = await this.#kernel.client.request(
      { type: "debug_request", content },
      "control",
    );
    return reply;
  }

  /** The body of the answer to a request that must succeed. */
  async request<T = Body>(command: string, args: Body = {}): Promise<T> {
    const { success, message, body } = await this.answer(command, args);
    if (success !== true) throw new Error(`${command} failed: ${String(message)}`);
    return body as T;
  }

  /** The next event of this name; events before it are passed over. */
  async event(name: string): Promise<Body> {
    for (;;) {
      const event = this.#events.shift();
      if (event?.["event"] === name) return event["body"] as Body;
      if (event === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  async start(args: Body = {}): Promise<void> {
    await this.request("initialize", { adapterID: "test" });
    await this.request("attach", args);
  }

  stop(): Promise<Body> {
    return this.request("disconnect", {});
  }

  /** Sets breakpoints and runs the cell to its first stop; its end is the promise inside the result. */
  async runTo(
    code: string,
    breakpoints: readonly Body[],
  ): Promise<{ readonly ended: Promise<Shown> }> {
    const { sourcePath: path } = await this.request("dumpCell", { code });
    await this.request("setBreakpoints", { source: { path }, breakpoints, sourceModified: false });
    await this.request("configurationDone");
    const ended = this.#kernel.run(code);
    await this.event("stopped");
    return { ended };
  }

  async frames(): Promise<Frame[]> {
    const { stackFrames } = await this.request<{ stackFrames: Frame[] }>("stackTrace", {
      threadId: 1,
    });
    return stackFrames;
  }

  async line(): Promise<number | undefined> {
    const [top] = await this.frames();
    return top?.line;
  }

  /** One step and the line it leads to. */
  async step(command: "next" | "stepIn" | "stepOut"): Promise<number | undefined> {
    await this.request(command, { threadId: 1 });
    await this.event("stopped");
    return this.line();
  }

  /** Variables of a scope of the topmost frame, by name. */
  async scope(name: string): Promise<Map<string, Variable>> {
    const [top] = await this.frames();
    const { scopes } = await this.request<{ scopes: Variable[] }>("scopes", { frameId: top?.id });
    const scope = scopes.find((each) => each.name === name);
    return this.parts(scope?.variablesReference ?? 0);
  }

  async parts(variablesReference: number, range: Body = {}): Promise<Map<string, Variable>> {
    const args = { variablesReference, ...range };
    const { variables } = await this.request<{ variables: Variable[] }>("variables", args);
    return new Map(variables.map((variable) => [variable.name, variable]));
  }
}
