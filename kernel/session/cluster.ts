// All ranks of a notebook: started together, lost together. A rank that dies takes the others with it,
// because they may wait for it in a collective for ever.

import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { makeSocketFolder } from "../wire/socket-folder.js";
import { Rank, type RankListener } from "./rank.js";

interface ClusterOptions {
  /** Working directory of the workers: the notebook's folder. */
  readonly folder: string;
  readonly listener: RankListener;
  /** Called once when a running cluster is lost, with the reason as a sentence. */
  readonly lost: (reason: string) => void;
}

export class Cluster {
  readonly #options: ClusterOptions;
  /** Mode 0700: only this user reaches the sockets and the rendezvous. */
  readonly #directory = makeSocketFolder("notebooster-");
  #ranks: Rank[] = [];
  #lostBecause: string | undefined = "no worker was started";

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  get ranks(): readonly Rank[] {
    return this.#ranks;
  }

  /** Why there are no workers, or undefined while they run. */
  get lostBecause(): string | undefined {
    return this.#lostBecause;
  }

  /** Starts `numRanks` fresh workers in place of whatever runs. */
  launch(numRanks: number): void {
    this.#killAll();
    const session = mkdtempSync(join(this.#directory, "cluster-"));
    this.#lostBecause = undefined;
    this.#ranks = Array.from({ length: numRanks }, (_, rank) =>
      Rank.start({
        rank,
        directory: session,
        folder: this.#options.folder,
        environment: environmentOf(rank, numRanks, join(session, "rendezvous")),
        listener: { ...this.#options.listener, exit: this.#exited },
      }),
    );
  }

  /** Kills every worker; `reason` is told to whoever runs a cell next. */
  stop(reason: string): void {
    if (this.#lostBecause !== undefined) return;
    this.#lostBecause = reason;
    this.#killAll();
    this.#options.lost(reason);
  }

  /** Kills every worker and removes the sockets; nothing can be launched afterwards. */
  close(): void {
    this.#lostBecause = "the kernel is shutting down";
    this.#killAll();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  readonly #exited = (rank: Rank, how: string): void => {
    if (!this.#ranks.includes(rank)) return; // one that was replaced
    this.stop(`rank ${rank.rank} (pid ${rank.pid}) ${how}`);
    this.#options.listener.exit(rank, how);
  };

  #killAll(): void {
    for (const rank of this.#ranks) rank.kill();
    this.#ranks = [];
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
