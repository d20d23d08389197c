// A lock that processes of any language share: flock(2), as Python's filelock takes it. Node cannot call it, so flock(1) does for
// us: a lock belongs to the open file, which the child has from us, and stays with us when the child has ended. It ends with the
// process that holds it, however that ends.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const HELD_BY_ANOTHER = 1;
const CHILDS_DESCRIPTOR = 3;

/** A lock that is held until it is closed. */
export class FileLock implements Disposable {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Undefined while another process holds it. */
  static tryTake(file: string): FileLock | undefined {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o664);
    if (isTaken(descriptor) && isStillAt(file, descriptor)) return new FileLock(descriptor);
    fs.closeSync(descriptor);
    return undefined;
  }

  [Symbol.dispose](): void {
    fs.closeSync(this.#descriptor);
  }
}

function isTaken(descriptor: number): boolean {
  const stdio = ["ignore", "ignore", "pipe", descriptor] as const;
  const options = ["--exclusive", "--nonblock", String(CHILDS_DESCRIPTOR)];
  const { status, error, stderr } = spawnSync("flock", options, { stdio: [...stdio] });
  if (error !== undefined)
    throw new Error("the program flock is missing; install util-linux", { cause: error });
  if (status === 0 || status === HELD_BY_ANOTHER) return status === 0;
  throw new Error(`flock ended with ${status}: ${stderr}`);
}

/** A holder that removed the file before it let go left us a lock that nobody else will ask for. */
function isStillAt(file: string, descriptor: number): boolean {
  const there = fs.statSync(file, { throwIfNoEntry: false });
  return there?.ino === fs.fstatSync(descriptor).ino;
}
