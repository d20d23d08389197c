// All ranks of a notebook, started together. One that dies is replaced by a fresh process in its place; the others live on
// with their variables. Connections between ranks are numbered by generations, so that all make new ones together.

import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { makeSocketFolder } from "../wire/socket-folder.js";
import { Rank, type RankListener } from "./rank.js";
import { Reaper } from "./reaper.js";

interface ClusterOptions {
  /** Working directory of the workers: the notebook's folder. */
  readonly folder: string;
  readonly listener: RankListener;
  /** Called once when a running cluster is lost, with the reason as a sentence. */
  readonly lost: (reason: string) => void;
}

export class Cluster {
  readonly #options: ClusterOptions;
  /** Mode 0700: only this user reaches the rendezvous. */
  readonly #directory = makeSocketFolder("notebooster-");
  readonly #reaper = new Reaper(this.#directory);
  #ranks: Rank[] = [];
  #startRank: (rank: number) => Rank = () => {
    throw new Error("no cluster was launched");
  };
  /** Whether all ranks of this launch have listened: from then on there are variables to keep. */
  #hasBegun: boolean = false;
  #generation = 0;
  #lostBecause: string | undefined = "no worker was started";

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  get ranks(): readonly Rank[] {
    return this.#ranks;
  }

  /** Which connections between ranks a cell that begins now uses. */
  get generation(): number {
    return this.#generation;
  }

  /** Why there are no workers, or undefined while they run. */
  get lostBecause(): string | undefined {
    return this.#lostBecause;
  }

  /** Starts `numRanks` fresh workers in place of whatever runs. */
  launch(numRanks: number): void {
    this.#killAll();
    const rendezvous = join(mkdtempSync(join(this.#directory, "cluster-")), "rendezvous");
    this.#lostBecause = undefined;
    this.#generation = 0;
    this.#startRank = (rank) => this.#start(rank, environmentOf(rank, numRanks, rendezvous));
    this.#ranks = Array.from({ length: numRanks }, (_, rank) => this.#startRank(rank));
    const { ranks } = this;
    this.#hasBegun = false;
    void Promise.all(ranks.map(({ ready }) => ready)).then(() => {
      if (this.#ranks === ranks) this.#hasBegun = ranks.every(({ isReady }) => isReady);
    });
  }

  /** Starts those ranks afresh that have ended. */
  revive(): void {
    for (const { rank, isAlive } of [...this.#ranks])
      if (!isAlive) this.#ranks[rank] = this.#startRank(rank);
  }

  /** All ranks give up the connections of `generation`, unless they have: what waits in a collective of it ends. */
  giveUp(generation: number, why: string): void {
    if (generation !== this.#generation || this.#ranks.length < 2) return;
    this.#generation += 1;
    for (const rank of this.#ranks) rank.giveUp(generation, why);
  }

  /** Kills every worker; `reason` is told to whoever runs a cell next. */
  stop(reason: string): void {
    if (this.#lostBecause !== undefined) return;
    this.#lostBecause = reason;
    this.#killAll();
    this.#options.lost(reason);
  }

  /** Kills every worker and removes the rendezvous; nothing can be launched afterwards. */
  close(): void {
    this.#lostBecause = "the kernel is shutting down";
    this.#killAll();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #start(rank: number, environment: NodeJS.ProcessEnv): Rank {
    const { folder, listener } = this.#options;
    const options = { rank, folder, environment, listener: { ...listener, exit: this.#exited } };
    const started = Rank.start(options);
    if (started.pid > 0) this.#reaper.add(started.pid);
    return started;
  }

  readonly #exited = (rank: Rank, how: string): void => {
    if (rank.pid > 0) this.#reaper.remove(rank.pid);
    if (this.#ranks[rank.rank] !== rank) return; // one that was replaced
    if (!this.#hasBegun) {
      this.stop(`rank ${rank.rank} (pid ${rank.pid}) ${how}`);
      return;
    }
    if (rank.isReady) this.revive(); // one that did not even start is tried again with the next cell
    this.#options.listener.exit(rank, how);
  };

  #killAll(): void {
    const ranks = this.#ranks;
    this.#ranks = [];
    for (const rank of ranks) rank.kill();
  }
}

/** The torchrun contract, and a file of this launch's own for the ranks to find each other. */
function environmentOf(rank: number, numRanks: number, rendezvous: string): NodeJS.ProcessEnv {
  const numThreads = Math.max(1, Math.floor(availableParallelism() / numRanks));
  const { MALLOC_ARENA_MAX: _, ...inherited } = process.env; // the kernelspec's, for the kernel alone
  return {
    ...(numRanks > 1 ? { OMP_NUM_THREADS: String(numThreads) } : {}),
    ...inherited,
    RANK: String(rank),
    WORLD_SIZE: String(numRanks),
    LOCAL_RANK: String(rank),
    LOCAL_WORLD_SIZE: String(numRanks),
    NOTEBOOSTER_RENDEZVOUS: rendezvous,
  };
}
