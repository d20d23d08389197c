// What a notebook says to its cluster: %cluster N, status, restart, stop, and which ranks a cell runs on.

import type { ClusterCommand } from "../language/magic-arguments.js";
import { MagicError } from "../language/magic-error.js";
import { requireBearable } from "../link/rank-limit.js";
import { Cluster } from "./cluster.js";
import type { Rank, RankListener } from "./rank.js";
import { describeRanks } from "./rank-status.js";
import { RankWait } from "./rank-wait.js";

interface Options {
  /** Working directory of the workers: the notebook's folder. */
  readonly folder: string;
  readonly listener: RankListener;
  /** Called when running workers are lost, with the reason. */
  readonly lost: (reason: string) => void;
  /** Called before fresh workers take the place of others. */
  readonly restarting: (numRanks: number) => void;
}

export class ClusterControl {
  readonly #options: Options;
  readonly #cluster: Cluster;
  readonly #wait = new RankWait();
  #numRanks = 1;

  constructor(options: Options) {
    this.#options = options;
    this.#cluster = new Cluster(options);
  }

  get numRanks(): number {
    return this.#numRanks;
  }

  get ranks(): readonly Rank[] {
    return this.#cluster.ranks;
  }

  /** Why there are no workers, or undefined while they run. */
  get lostBecause(): string | undefined {
    return this.#cluster.lostBecause;
  }

  /** Starts the first workers; cells wait until they listen. */
  start(): void {
    this.#cluster.launch(this.#numRanks);
  }

  /** Which connections between ranks a cell that begins now uses. */
  get generation(): number {
    return this.#cluster.generation;
  }

  /** All ranks give up the connections of `generation`, unless they have. */
  giveUp(generation: number, why: string): void {
    this.#cluster.giveUp(generation, why);
  }

  /** Kills every worker. */
  readonly stop = (reason: string): void => this.#cluster.stop(reason);

  /** Kills every worker and removes everything temporary. */
  close(): void {
    this.#cluster.close();
  }

  /** The ranks that a cell runs on, each alive or starting; throws `MagicError` for one that is not there. */
  choose(chosen: readonly number[] | undefined): readonly Rank[] {
    this.#cluster.revive();
    if (chosen === undefined) return [...this.ranks]; // one that dies is replaced
    const unknown = chosen.find((rank) => rank >= this.#numRanks);
    if (unknown !== undefined) {
      throw new MagicError(
        `%%rank ${unknown}: there are ranks 0 to ${this.#numRanks - 1}; see %cluster status`,
      );
    }
    return this.ranks.filter(({ rank }) => chosen.includes(rank));
  }

  /** Obeys a command; resolves with what to tell the person. */
  async obey(command: ClusterCommand, say: (text: string) => void): Promise<string> {
    if (command.action === "status") return this.#status();
    if (command.action === "stop") {
      this.stop("the workers were stopped by %cluster stop");
      return "workers stopped; variables are gone";
    }
    const numRanks = command.action === "launch" ? command.numRanks : this.#numRanks;
    requireBearable(`%cluster ${numRanks}`, numRanks);
    return this.launch(numRanks, say);
  }

  /** Starts `numRanks` fresh workers in place of those that run. */
  async launch(numRanks: number, say: (text: string) => void): Promise<string> {
    this.#numRanks = numRanks;
    this.#options.restarting(numRanks);
    this.#cluster.launch(numRanks);
    await this.listening(this.ranks, say);
    const { lostBecause } = this.#cluster;
    if (lostBecause !== undefined)
      throw new MagicError(`the workers did not start: ${lostBecause}`);
    return `${await this.#status()}\nstarted afresh: variables of earlier cells are gone`;
  }

  /** Resolves once all of `ranks` listen; rejects when interrupted. */
  listening(ranks: readonly Rank[], say: (text: string) => void): Promise<void> {
    return this.#wait.listening(ranks, say);
  }

  /** Ends waits for ranks, which go on starting. */
  interrupt(): void {
    this.#wait.interrupt();
  }

  async #status(): Promise<string> {
    const { lostBecause, ranks } = this;
    if (lostBecause !== undefined) return `no workers: ${lostBecause}`;
    const lines = await describeRanks(ranks);
    return [`${ranks.length} ${ranks.length === 1 ? "rank" : "ranks"}`, ...lines].join("\n");
  }
}
