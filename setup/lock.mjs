// One setup at a time. The lock is a name that the kernel of the machine keeps (an abstract Unix socket): it goes with its
// process, however that ends, so there is never a stale one. Who waits is connected to the owner and notices its end.
import { createHash } from "node:crypto";
import { connect, createServer } from "node:net";
import { paths } from "./paths.mjs";

const digest = createHash("sha256").update(paths.root).digest("hex").slice(0, 32);
const name = `\0notebooster-setup-${process.getuid?.() ?? ""}-${digest}`;

/** Runs `body` while holding the lock; waits for another setup of this checkout to end. */
export async function withLock(body) {
  const waiting = new Set();
  const server = createServer((socket) => {
    waiting.add(socket.on("error", () => socket.destroy()));
    socket.write(String(process.pid));
  });
  let isAnnounced = false;
  while (!(await tryListen(server))) isAnnounced = await waitForOwner(isAnnounced);
  try {
    return await body();
  } finally {
    server.close();
    for (const socket of waiting) socket.destroy();
  }
}

function tryListen(server) {
  return new Promise((resolve, reject) => {
    const fail = (error) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error));
    server.once("error", fail).listen(name, () => {
      server.off("error", fail);
      resolve(true);
    });
  });
}

/** Resolves when the owner has gone; true when the person has been told of it. */
async function waitForOwner(isAnnounced) {
  const socket = connect(name).setEncoding("utf8");
  let isTold = isAnnounced;
  socket.on("error", () => socket.destroy()); // it ended between the two calls
  socket.once("data", (pid) => {
    if (!isTold) console.error(`Waiting for the setup that process ${pid} is running`);
    isTold = true;
  });
  await new Promise((resolve) => socket.once("close", resolve));
  return isTold;
}
