// Entry of the kernel: `node dist/kernel/main.js <connection file>`, as the kernelspec starts it. Cells run
// in the working directory, which Jupyter sets to the notebook's folder.

import { Kernel } from "./kernel.js";
import { readConnection } from "./wire/connection.js";

const [, , connectionFile] = process.argv;
if (connectionFile === undefined) {
  process.stderr.write("usage: node dist/kernel/main.js <connection file>\n");
  process.exit(2);
}

const kernel = new Kernel(await readConnection(connectionFile), process.cwd());
process.on("SIGINT", () => undefined); // interrupts come as messages, see the kernelspec
process.on("SIGTERM", () => kernel.end());
process.on("SIGHUP", () => kernel.end());
await kernel.start();
