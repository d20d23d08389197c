// The debug requests that look at a rank: its stack, variables and expressions. Without a stop they see the variables of
// cells; what an expression comes to is text, parts and, for the rich view, a MIME bundle.

import type { Runtime } from "node:inspector";
import type { Attached } from "./attached.js";
import { type Command, type DapBody, DebugError } from "./dap.js";
import { resultOf } from "./variables.js";

export class Inspection {
  readonly #attached: () => Attached;
  readonly #compile: (source: string) => Promise<string>;
  /** One look at all variables serves everyone who asks for it meanwhile. */
  #inspecting: Promise<DapBody> | undefined;

  /** `attached` throws while no rank is; `compile` turns TypeScript into an expression for V8. */
  constructor(attached: () => Attached, compile: (source: string) => Promise<string>) {
    this.#attached = attached;
    this.#compile = compile;
  }

  readonly commands: Readonly<Record<string, Command>> = {
    stackTrace: () => this.#stackTrace(),
    scopes: (args) => this.#scopes(Number(args["frameId"])),
    variables: (args) => this.#variables(args),
    evaluate: (args) => this.#evaluate(args),
    exceptionInfo: () => this.#exceptionInfo(),
    inspectVariables: () => this.#inspectVariables(),
    richInspectVariables: (args) => this.#richInspect(args),
    copyToGlobals: (args) => this.#copyToGlobals(args),
  };

  #stackTrace(): DapBody {
    const stackFrames = this.#attached().required().stackFrames();
    return { stackFrames, totalFrames: stackFrames.length };
  }

  async #scopes(frameId: number): Promise<DapBody> {
    const attached = this.#attached();
    const { variables } = attached;
    const globals = variables.refer(await variables.globals());
    return { scopes: await attached.required().scopes(frameId, variables, globals) };
  }

  async #variables(args: DapBody): Promise<DapBody> {
    const { variables } = this.#attached();
    const [start, count] = [args["start"], args["count"]].map((value) => Number(value ?? 0));
    return { variables: await variables.parts(Number(args["variablesReference"]), start, count) };
  }

  async #resultOf(source: string, frameId: unknown): Promise<Runtime.RemoteObject> {
    const { stop, variables, link } = this.#attached();
    const expression = await this.#compile(source);
    if (stop === undefined) return variables.evaluate(expression);
    const callFrameId = stop.callFrameId(typeof frameId === "number" ? frameId : undefined);
    return resultOf(await link.post("Debugger.evaluateOnCallFrame", { callFrameId, expression }));
  }

  async #evaluate({ expression, frameId }: DapBody): Promise<DapBody> {
    const value = await this.#resultOf(String(expression), frameId);
    const [described] = await this.#attached().variables.describe([{ name: "", value }]);
    if (described === undefined) throw new DebugError("the expression has no value");
    const { value: result, variablesReference } = described;
    return { result, variablesReference };
  }

  #exceptionInfo(): DapBody {
    const { exception } = this.#attached().required();
    if (exception === undefined) throw new DebugError("the rank did not stop at an exception");
    const [exceptionId = ""] = exception.split(":");
    return { exceptionId, description: exception, breakMode: "always" };
  }

  #inspectVariables(): Promise<DapBody> {
    const inspect = async () => {
      const { variables, stop } = this.#attached();
      if (stop === undefined) await variables.release();
      const reference = variables.refer(await variables.globals());
      return { variables: await variables.parts(reference) };
    };
    this.#inspecting ??= inspect().finally(() => {
      this.#inspecting = undefined;
    });
    return this.#inspecting;
  }

  async #richInspect({ variableName, frameId }: DapBody): Promise<DapBody> {
    const value = await this.#resultOf(String(variableName), frameId);
    const { bundle, metadata } = await this.#attached().variables.rich(value);
    return { data: bundle, metadata };
  }

  async #copyToGlobals(args: DapBody): Promise<DapBody> {
    const name = JSON.stringify(String(args["dstVariableName"]));
    const source = `globalThis[${name}] = (${String(args["srcVariableName"])})`;
    await this.#resultOf(source, args["srcFrameId"]);
    return {};
  }
}
