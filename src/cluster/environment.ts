// Which rank this process is. The kernel, torchrun and our launchers all say so in the environment, by torchrun's
// names: RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT. On one host the kernel gives a file to meet at
// instead (NOTEBOOSTER_RENDEZVOUS), so that nothing listens on the network.

/** This process among those that compute together. */
export interface Ranks {
  /** From 0 among all processes. */
  readonly rank: number;
  /** Number of processes. */
  readonly size: number;
  /** From 0 among the processes of this host; it chooses the GPU. */
  readonly localRank: number;
  /** file:///path or tcp://host:port */
  readonly rendezvous: string;
  /** Address of the interface to talk on. */
  readonly host: string;
  /** How long a collective may wait for a rank (NOTEBOOSTER_TIMEOUT_MS). */
  readonly timeoutMs: number;
  /** How long the first collective call may wait for the last rank to make it (NOTEBOOSTER_JOIN_TIMEOUT_MS). */
  readonly joinTimeoutMs: number;
}

const DEFAULT_TIMEOUT_MS = 600_000;
const DEFAULT_JOIN_TIMEOUT_MS = 120_000;

/**
 * @throws Error naming the variable that is missing or wrong
 */
export function ranksFromEnvironment(env: NodeJS.ProcessEnv = process.env): Ranks {
  const size = readInteger(env, "WORLD_SIZE", 1);
  const rank = readInteger(env, "RANK", 0);
  if (size < 1 || rank < 0 || rank >= size) {
    throw new Error(
      `RANK must be from 0 to WORLD_SIZE - 1, got RANK=${rank} and WORLD_SIZE=${size}`,
    );
  }
  return {
    rank,
    size,
    localRank: readInteger(env, "LOCAL_RANK", rank),
    rendezvous: size === 1 ? "" : rendezvousOf(env),
    host: env["NOTEBOOSTER_HOST"] ?? "127.0.0.1",
    timeoutMs: readInteger(env, "NOTEBOOSTER_TIMEOUT_MS", DEFAULT_TIMEOUT_MS),
    joinTimeoutMs: readInteger(env, "NOTEBOOSTER_JOIN_TIMEOUT_MS", DEFAULT_JOIN_TIMEOUT_MS),
  };
}

function rendezvousOf(env: NodeJS.ProcessEnv): string {
  const file = env["NOTEBOOSTER_RENDEZVOUS"];
  if (file !== undefined) return `file://${file}`;
  const address = env["MASTER_ADDR"];
  const port = env["MASTER_PORT"];
  if (address === undefined || port === undefined) {
    throw new Error(
      "WORLD_SIZE is more than 1, but the ranks do not know where to meet: set NOTEBOOSTER_RENDEZVOUS (a file) or MASTER_ADDR and MASTER_PORT",
    );
  }
  return `tcp://${address}:${port}`;
}

function readInteger(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Error(`${name} must be an integer, got "${text}"`);
  return value;
}
