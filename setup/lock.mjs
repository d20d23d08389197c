// One setup at a time: the lock file names its owner (process id and start time) and is taken over when that process is gone.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { paths } from "./paths.mjs";

/** Runs `body` while holding the lock; waits for another setup of this checkout to end. */
export async function withLock(body) {
  await acquire();
  process.once("exit", release);
  try {
    return await body();
  } finally {
    release();
    process.off("exit", release);
  }
}

async function acquire() {
  mkdirSync(paths.state, { recursive: true });
  let isAnnounced = false;
  while (!tryLock()) {
    const owner = readOwner();
    if (owner === undefined || !isAlive(owner)) {
      rmSync(paths.lock, { force: true });
      continue;
    }
    if (!isAnnounced) console.error(`Waiting for the setup that process ${owner.pid} is running`);
    isAnnounced = true;
    await sleep(500);
  }
}

// A hard link appears with its content in one step: nobody reads a half-written lock.
function tryLock() {
  const own = `${paths.lock}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startTime(process.pid)}`);
  try {
    linkSync(own, paths.lock);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

function readOwner() {
  const text = readOrEmpty(paths.lock);
  const [pid, started] = text.split(" ");
  return text === "" ? undefined : { pid: Number(pid), started };
}

function isAlive({ pid, started }) {
  return startTime(pid) === started;
}

// Field 22 of /proc/PID/stat, counted behind the parenthesised program name; it tells a reused id from the owner's.
function startTime(pid) {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "gone";
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return "";
    throw error;
  }
}

function release() {
  if (readOwner()?.pid === process.pid) rmSync(paths.lock, { force: true });
}
