// Inputs of this session, newest last, as history_request asks for them.

export interface HistoryEntry {
  readonly line: number;
  readonly source: string;
}

const MAX_ENTRIES = 100_000;

export class History {
  readonly #entries: HistoryEntry[] = [];

  add(line: number, source: string): void {
    this.#entries.push({ line, source });
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  tail(count: number): readonly HistoryEntry[] {
    return count > 0 ? this.#entries.slice(-count) : [];
  }

  /** Inputs number `start` to `stop`, the latter not included. */
  range(start: number, stop: number | undefined): readonly HistoryEntry[] {
    return this.#entries.filter(({ line }) => line >= start && (stop === undefined || line < stop));
  }

  /** Inputs that match a glob pattern of * and ?, the latest of equal ones when `unique`. */
  search(pattern: string, unique: boolean): readonly HistoryEntry[] {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    const glob = new RegExp(`^${escaped.replace(/\*/g, "[^]*").replace(/\?/g, "[^]")}$`, "u");
    const found = this.#entries.filter(({ source }) => glob.test(source));
    if (!unique) return found;
    return found.filter(
      ({ source }, i) => found.findLastIndex((entry) => entry.source === source) === i,
    );
  }
}
