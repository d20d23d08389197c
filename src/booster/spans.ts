// A recording of what takes time in a training, as a table: what computes, what is moved, and how much of the one is hidden behind the
// other.
import { type SpanClock, spanClock } from "../device/span-clock.js";
import type { Module } from "../nn/module.js";
import { byteText } from "../report/byte-text.js";
import type { Parameter } from "../tensor/parameter.js";
import { isCapturing } from "../tensor/random-stream.js";
import {
  type OpenSpan,
  type SpanAction,
  type SpanRecorder,
  type SpanStart,
  tellSpans,
} from "../tensor/spans.js";
import { tableText } from "./table-text.js";
import { unitsOf } from "./weight-units.js";

/** Something that took time on this rank. */
export interface Span {
  /** What was done. */
  readonly action: SpanAction;
  /** Which block of the model it was for: "model.layers.3"; several are separated by commas. */
  readonly block: string;
  /** Bytes that were moved; of an update those of the weights on this rank; 0 of a block that computes. */
  readonly bytes: number;
  /** Milliseconds since the recording began. */
  readonly begin: number;
  /** The same of its end. */
  readonly end: number;
}

interface Recorded extends SpanStart {
  readonly begin: () => number;
  end: (() => number) | undefined;
}

const COMPUTING: ReadonlySet<SpanAction> = new Set(["forward", "recompute", "backward", "update"]);
const BETWEEN_RANKS: ReadonlySet<SpanAction> = new Set(["gather", "reduce"]);
/** More are counted and not kept. */
const MAX_SPANS = 200_000;
const NOTHING: OpenSpan = {
  end() {
    // it was not begun
  },
  endAfter() {
    // it was not begun
  },
};

/**
 * What `booster.spans` records, on this rank, until `end` is called or the block of its `using` ends. Prints as a table: how often, bytes, milliseconds, and
 * how much of what was moved was hidden behind a block that computed.
 */
export class SpanRecording implements Disposable {
  readonly #isOnGpu: boolean;
  readonly #clock: SpanClock;
  readonly #blockOf: ReadonlyMap<Parameter, string>;
  /** Of blocks, within the module that was boosted; a block knows its name within its model. */
  readonly #names: readonly string[];
  readonly #recorded: Recorded[] = [];
  readonly #recorder: SpanRecorder = { begin: (what) => this.#begin(what) };
  #numLeftOut = 0;
  #isEnded = false as boolean;
  #spans: readonly Span[] | undefined;

  /** @throws Error while another recording goes on */
  constructor(model: Module, device: string) {
    this.#isOnGpu = device.startsWith("cuda");
    this.#blockOf = blocksOf(model);
    this.#names = unitsOf(model).map(({ name }) => name);
    this.#clock = spanClock(device);
    const other = tellSpans(this.#recorder);
    if (other === undefined) return;
    tellSpans(other);
    throw new Error(
      "booster.spans: spans are being recorded already; call end() of that recording first",
    );
  }

  /** Records no more. */
  end(): this {
    if (!this.#isEnded) tellSpans(undefined);
    this.#isEnded = true;
    return this;
  }

  [Symbol.dispose](): void {
    this.end();
  }

  /**
   * In the order in which they began; ends the recording and waits for the GPU. A gather or reduction between CPUs ends when somebody waited for it. One that
   * failed, or nobody has waited for, is left out.
   */
  get spans(): readonly Span[] {
    this.end();
    this.#spans ??= this.#read();
    return this.#spans;
  }

  /** As data. */
  toJSON(): readonly Span[] {
    return this.spans;
  }

  toString(): string {
    const computing = joined(this.spans.filter(({ action }) => COMPUTING.has(action)));
    const head = ["", "spans", "bytes", "ms", "hidden behind computing"];
    const rows = [...new Set(this.spans.map(({ action }) => action))].map((action) =>
      rowOf(
        action,
        this.spans.filter((each) => each.action === action),
        computing,
      ),
    );
    const left = this.#numLeftOut === 0 ? "" : `\n${this.#numLeftOut} more spans were not kept`;
    return `${tableText([head, ...rows])}${left}`;
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #begin(what: SpanStart): OpenSpan {
    if (isCapturing()) return NOTHING; // a graph has no moments of its own
    const span: Recorded = { ...what, begin: this.#clock.now(), end: undefined };
    if (this.#recorded.length < MAX_SPANS) this.#recorded.push(span);
    else this.#numLeftOut += 1;
    return {
      end: () => {
        span.end ??= this.#clock.now();
      },
      endAfter: (wait) => {
        span.end = this.#clock.after(wait);
      },
    };
  }

  #read(): readonly Span[] {
    let free = 0;
    const spans = this.#recorded.flatMap(({ action, of, bytes, begin, end }) => {
      if (end === undefined) return [];
      const span = { action, block: this.#nameOf(of), bytes, begin: begin(), end: end() };
      if (!this.#isOnGpu || !BETWEEN_RANKS.has(action)) return [span];
      const late = { ...span, begin: Math.min(Math.max(span.begin, free), span.end) }; // one after the other
      free = Math.max(free, span.end);
      return [late];
    });
    return spans.sort((a, b) => a.begin - b.begin);
  }

  #nameOf(of: SpanStart["of"]): string {
    if (typeof of === "string") return this.#names.find((each) => each.endsWith(`.${of}`)) ?? of;
    const names = new Set(of.map((each) => this.#blockOf.get(each) ?? "?"));
    return [...names].join(", ");
  }
}

/** Of each weight the first block that uses it, else the module that has it. */
function blocksOf(model: Module): ReadonlyMap<Parameter, string> {
  const named: [name: string, parameter: Parameter][] = [];
  for (const { name, parameters } of unitsOf(model))
    for (const each of parameters) named.push([name, each]);
  for (const [name, each] of model.namedParameters())
    named.push([name.slice(0, Math.max(0, name.lastIndexOf("."))) || name, each]);
  return new Map(named.reverse().map(([name, each]) => [each, name]));
}

function rowOf(action: string, spans: readonly Span[], computing: readonly Interval[]): string[] {
  const sum = (of: (span: Span) => number): number =>
    spans.reduce((total, span) => total + of(span), 0);
  const [bytes, ms] = [sum((span) => span.bytes), sum((span) => span.end - span.begin)];
  const isMoving = !COMPUTING.has(spans[0]?.action as SpanAction);
  const hidden = sum((span) => overlap(span, computing));
  const part = ms === 0 ? 100 : (100 * hidden) / ms;
  return [
    ...[action, String(spans.length), bytes === 0 ? "" : byteText(bytes), ms.toFixed(1)],
    isMoving ? `${part.toFixed(0)} %` : "",
  ];
}

interface Interval {
  readonly begin: number;
  end: number;
}

/** What they cover together, in order. */
function joined(spans: readonly Span[]): readonly Interval[] {
  const all: Interval[] = [];
  for (const { begin, end } of spans) {
    const last = all.at(-1);
    if (last === undefined || begin > last.end) all.push({ begin, end });
    else last.end = Math.max(last.end, end);
  }
  return all;
}

function overlap({ begin, end }: Span, intervals: readonly Interval[]): number {
  return intervals.reduce(
    (sum, each) => sum + Math.max(0, Math.min(end, each.end) - Math.max(begin, each.begin)),
    0,
  );
}
