// Where the time of a training step goes on its GPU, by CUDA events on the stream that computes: no profiler is needed, and the
// host waits for nothing before the step has ended. Reductions run on a stream of their own: what they delay is the time between
// the end of the backward pass's own work and the last wait.
import { GpuEvent } from "notebooster/device";
import { ProcessGroup } from "notebooster/parallel";

export class StepTimeline {
  #events = new Map();

  /** Marks what the stream has been given so far. */
  mark(name) {
    this.#events.set(name, new GpuEvent({ timing: true }).record());
  }

  markOnce(name) {
    if (!this.#events.has(name)) this.mark(name);
  }

  /** Milliseconds between two marks. */
  between(from, to) {
    return this.#events.get(from).millisecondsUntil(this.#events.get(to));
  }

  clear() {
    this.#events.clear();
  }
}

const REDUCTIONS = ["allReduce", "reduce", "reduceScatter"];

/** Marks when the first reduction of a step begins, when nothing is left but waiting for reductions, and when that ends. */
export function watchReductions(timeline) {
  const prototype = ProcessGroup.prototype;
  for (const name of REDUCTIONS) {
    const reduce = prototype[name];
    prototype[name] = function (...given) {
      timeline.markOnce("first reduction");
      const work = reduce.apply(this, given);
      const wait = work.wait.bind(work);
      work.wait = () => {
        timeline.markOnce("backward");
        wait();
        timeline.mark("reduced");
      };
      return work;
    };
  }
}

/** Milliseconds that the group takes to average `bytes` of bfloat16 by `parts` reductions, with nothing beside. */
export function reductionAlone(group, { flat, parts }) {
  const once = () => {
    const works = Array.from({ length: parts }, () => group.allReduce(flat, "avg"));
    for (const work of works) work.wait();
  };
  for (let i = 0; i < 2; i++) once();
  const begin = new GpuEvent({ timing: true }).record();
  once();
  return begin.millisecondsUntil(new GpuEvent({ timing: true }).record());
}
