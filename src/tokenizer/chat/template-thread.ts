// The thread that renders chat templates. They come with models of strangers, so they run where they reach nothing, for a limited
// time (V8 ends what takes longer) and in limited memory (the thread ends, and the main thread notices).
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { answerCalls, type LineData } from "../../threads/thread-line.js";
import { compileTemplate, interpret, type Program } from "./exact-interpreter.js";
import { strftime } from "./strftime.js";

/** A template to be rendered. */
export interface RenderCall {
  readonly template: string;
  /** JSON of the names the template may use. */
  readonly variables: string;
  readonly limits: RenderLimits;
}

export interface RenderLimits {
  readonly milliseconds: number;
  readonly characters: number;
}

let compiled: { readonly template: string; readonly program: Program } | undefined;
let job: () => string = () => "";
const context = vm.createContext({ run: () => job() });
const script = new vm.Script("run()");

parentPort?.postMessage("ready");
await answerCalls<RenderCall, string>(workerData as LineData, render);

function render({ template, variables, limits }: RenderCall): string {
  const { milliseconds, characters } = limits;
  job = () => interpret(programOf(template), names(variables));
  let text: string;
  try {
    text = script.runInContext(context, { timeout: milliseconds }) as string;
  } catch (cause) {
    const isLate = (cause as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    throw isLate ? new Error(`takes more than ${milliseconds / 1000} s`, { cause }) : cause;
  }
  if (text.length <= characters) return text;
  throw new Error(`makes ${text.length} characters of text; at most ${characters} are allowed`);
}

function names(variables: string): Record<string, unknown> {
  return {
    raise_exception: (message: unknown) => {
      throw new Error(String(message));
    },
    range,
    strftime_now: (format: string) => strftime(new Date(), format),
    ...(JSON.parse(variables) as Record<string, unknown>),
  };
}

function range(first: number, end?: number, step = 1): number[] {
  const [begin, stop] = end === undefined ? [0, first] : [first, end];
  if (step === 0) throw new Error("range() must have a step other than 0");
  const length = Math.max(0, Math.ceil((stop - begin) / step));
  return Array.from({ length }, (_, index) => begin + index * step);
}

function programOf(template: string): Program {
  if (compiled?.template !== template) compiled = { template, program: compileTemplate(template) };
  return compiled.program;
}
