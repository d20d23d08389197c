// Entry of the kernel: `node dist/kernel/main.js <connection or registration file>`, as the kernelspec starts it.
// Cells run in the working directory, which Jupyter sets to the notebook's folder.

import { Kernel } from "./kernel.js";
import { MagicError } from "./language/magic-error.js";
import { endWithParent } from "./parent-watch.js";
import { parseConnection, readStartFile } from "./wire/connection.js";
import { connectionOf, parseRegistration, register } from "./wire/registration.js";

const [, , path] = process.argv;
if (path === undefined) {
  process.stderr.write("usage: node dist/kernel/main.js <connection or registration file>\n");
  process.exit(2);
}

const file = await readStartFile(path);
const registration = parseRegistration(file, path);
const wanted = registration ? connectionOf(registration) : parseConnection(file, path);
const kernel = startable(() => new Kernel(wanted, process.cwd()));
process.on("SIGINT", () => undefined); // interrupts come as messages, see the kernelspec
process.on("SIGTERM", () => kernel.end());
process.on("SIGHUP", () => kernel.end());
endWithParent(process.env, () => kernel.end());
const connection = await kernel.start();
if (registration) await register(registration, connection);

/** What the person can mend is told in a line. */
function startable(make: () => Kernel): Kernel {
  try {
    return make();
  } catch (failure) {
    if (!(failure instanceof MagicError)) throw failure;
    process.stderr.write(`notebooster: ${failure.message}\n`);
    process.exit(2);
  }
}
