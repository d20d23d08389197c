// Finds and loads the compiled addon; a failure says how to build it.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const BUILD = join(dirname(require.resolve("notebooster/package.json")), "build", "native");

/** The file of a compiled addon; throws an Error that names the command which builds it. */
export function addonFile(name: string): string {
  const file = join(BUILD, `${name}.node`);
  if (existsSync(file)) return file;
  throw new Error(
    `the native addon has not been built: ${file} does not exist; run \`npx notebooster doctor\` to see what is missing, ` +
      "or `npm start`, which builds it",
  );
}

/** Loads `build/native/notebooster.node`. */
export function loadAddon(): unknown {
  const addon = addonFile("notebooster");
  limitSpinning();
  askForHugePages();
  try {
    return { ...require(addon) }; // V8 finds names slowly in an object that was made name by name: 8 ns of 58 (LOG.md)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_DLOPEN_FAILED") throw cause; // what it says itself
    throw new Error(
      `the native addon ${addon} does not load, probably because the libtorch it was built with has moved or changed; ` +
        "remove build/native and run `npm start` to build it again",
      { cause },
    );
  }
}

/**
 * OpenMP threads wait for one another by spinning, by default for about a millisecond. Beside a browser on few cores
 * that takes the time the threads waited for would need. 5,000 turns cost nothing on a quiet machine (LOG.md).
 */
function limitSpinning(): void {
  if (process.env["OMP_WAIT_POLICY"] === undefined) process.env["GOMP_SPINCOUNT"] ??= "5000";
}

/**
 * libtorch then asks the kernel (madvise) to put CPU tensors of 2 MiB and more on huge pages: passes over the optimizer's
 * state run at the memory's speed instead of the page tables' (LOG.md). Read once, at the first tensor.
 */
function askForHugePages(): void {
  process.env["THP_MEM_ALLOC_ENABLE"] ??= "1";
}
