// A binary heap of token pairs, most frequent first; equal counts by the smaller left id, then the smaller right id,
// the order of Hugging Face's trainer, so that both choose the same merges.

export interface CountedPair {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Max-heap of pairs. Counts go stale as merges proceed: the trainer compares and pushes again. */
export class PairQueue {
  readonly #heap: CountedPair[] = [];

  push(pair: CountedPair): void {
    const heap = this.#heap;
    let child = heap.push(pair) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  pop(): CountedPair | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    this.#sink();
    return first;
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      let best = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.#heap.length && this.#isBefore(child, best)) best = child;
      }
      if (best === parent) return;
      this.#swap(parent, best);
      parent = best;
    }
  }

  #isBefore(indexA: number, indexB: number): boolean {
    const a = this.#heap[indexA] as CountedPair;
    const b = this.#heap[indexB] as CountedPair;
    if (a.count !== b.count) return a.count > b.count;
    return a.left !== b.left ? a.left < b.left : a.right < b.right;
  }

  #swap(indexA: number, indexB: number): void {
    const a = this.#heap[indexA] as CountedPair;
    this.#heap[indexA] = this.#heap[indexB] as CountedPair;
    this.#heap[indexB] = a;
  }
}
