// A chat template filled in, with limits on time, memory and length. What `{% generation %}` encloses is found by two marks that
// the template is made to write around it.
import { LimitedThread } from "../../threads/limited-thread.js";
import { TokenizerError } from "../tokenizer-error.js";
import type { RenderCall, RenderLimits } from "./template-thread.js";

/** A part of a text, from a code unit to before another. */
export type Span = readonly [begin: number, end: number];

/** What a template made of its variables. */
export interface RenderedChat {
  readonly text: string;
  /** What stands between `{% generation %}` and `{% endgeneration %}`. */
  readonly generated: readonly Span[];
}

const LIMITS: RenderLimits = { milliseconds: 3_000, characters: 20_000_000 };
const MEMORY_MB = 512;
/** What the thread may need to start, and to notice that time is over. */
const GRACE_MS = 10_000;
const GENERATION = /\{%(-?)\s*(end)?generation\s*(-?)%\}/g;
const FIRST_MARK = 0xe000;
const LAST_MARK = 0xf8ff;

/** Whether a template says what the assistant generates. */
export function marksGeneration(template: string): boolean {
  return new RegExp(GENERATION.source).test(template);
}

/**
 * The text of a template with these variables, which are JSON.
 * @throws TokenizerError with what the template complains of, or the limit that it exceeds
 */
export function renderTemplate(
  template: string,
  variables: Readonly<Record<string, unknown>>,
): RenderedChat {
  const json = toJson(variables);
  const source = template.replace(/\r\n?/g, "\n");
  if (!marksGeneration(source)) return { text: run(source, json), generated: [] };
  const [begin, end] = unusedMarks(source + json);
  return withoutMarks(run(markingTemplate(source, begin, end), json), begin, end);
}

function toJson(variables: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(variables);
  } catch (cause) {
    throw new TokenizerError(
      `the conversation cannot be written as JSON: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Calls a macro around what `{% generation %}` encloses, which has a scope of its own, as in transformers. */
function markingTemplate(template: string, begin: string, end: string): string {
  const macro = `{% macro notebooster_generation() %}${begin}{{ caller() }}${end}{% endmacro %}\n`;
  const calls = template.replace(GENERATION, (_, before: string, isEnd: unknown, after: string) =>
    isEnd === undefined
      ? `{%${before} call notebooster_generation() ${after}%}`
      : `{%${before} endcall ${after}%}`,
  );
  return macro + calls;
}

/** Two characters of private use that nothing of the text has. */
function unusedMarks(text: string): [begin: string, end: string] {
  const free: string[] = [];
  for (let code = FIRST_MARK; code <= LAST_MARK && free.length < 2; code++) {
    const mark = String.fromCharCode(code);
    if (!text.includes(mark)) free.push(mark);
  }
  const [begin, end] = free;
  if (begin !== undefined && end !== undefined) return [begin, end];
  throw new TokenizerError(
    "the conversation uses all characters of private use (U+E000 to U+F8FF); remove some",
  );
}

function withoutMarks(marked: string, begin: string, end: string): RenderedChat {
  const generated: Span[] = [];
  let text = "";
  let opened = 0;
  for (const part of marked.split(new RegExp(`([${begin}${end}])`))) {
    if (part === begin) opened = text.length;
    else if (part === end) generated.push([opened, text.length]);
    else text += part;
  }
  return { text, generated };
}

function run(template: string, variables: string): string {
  renderer ??= new LimitedThread(new URL("./template-thread.js", import.meta.url), MEMORY_MB);
  const call = { template, variables, limits: LIMITS };
  const answer = renderer.call(call, LIMITS.milliseconds + GRACE_MS);
  if (answer !== undefined && "result" in answer) return answer.result;
  if (answer === undefined) renderer = undefined;
  const problem = answer?.error ?? `takes more than ${MEMORY_MB} MB of memory`;
  throw new TokenizerError(`the chat template: ${problem}`);
}

/** The one thread of the process, started at the first template, and again after it was lost. */
let renderer: LimitedThread<RenderCall, string> | undefined;
