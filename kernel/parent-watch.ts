// A kernel ends with the process that started it, however that ended: nobody could reach or stop it any more. Jupyter names
// that process in JPY_PARENT_PID, unless the kernel shall outlive it. Source: ipykernel's ParentPollerUnix.

const POLL_MS = 1000;

/** Calls `end` once the process that `environment` names is gone; does nothing where it names none that can be seen. */
export function endWithParent(environment: NodeJS.ProcessEnv, end: () => void): void {
  const parent = Number(environment["JPY_PARENT_PID"] ?? 0);
  delete environment["JPY_PARENT_PID"]; // our own children have another parent
  if (!(parent > 1) || !isAlive(parent)) return;
  const isChild = process.ppid === parent;
  const timer = setInterval(() => {
    // a child is given to another process when its parent ends; a wrapper between us keeps the name only
    if (isChild ? process.ppid === parent : isAlive(parent)) return;
    clearInterval(timer);
    end();
  }, POLL_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}
