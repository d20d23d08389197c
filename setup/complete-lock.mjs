// Adds to package-lock.json the optional packages of other platforms that a partial registry mirror left out.
// `npm ci` refuses a lock file without them, wherever it runs. Run it after `npm install` on such a mirror.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "aix",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

/** Names of optional packages that some package wants and the lock file does not list. */
export function missingOptional(packages) {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {}, dev = false }) =>
    Object.entries(optionalDependencies).map(([name, version]) => ({ name, version, dev })),
  );
  const listed = Object.keys(packages);
  return wanted.filter(({ name }) => !listed.some((path) => path.endsWith(`node_modules/${name}`)));
}

function entryFor({ name, version, dev }) {
  const words = name.replace(/^@[^/]+\//, "").split(/[-.]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.some((word) => word.startsWith(processor)));
  const libc = words.some((word) => word.startsWith("musl")) ? { libc: ["musl"] } : {};
  return {
    version,
    cpu: cpu.slice(0, 1),
    dev,
    ...libc,
    optional: true,
    os: os.length > 0 ? os : ["none"],
  };
}

function completeLock() {
  const file = join(paths.root, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  for (const missing of missingOptional(lock.packages)) {
    lock.packages[`node_modules/${missing.name}`] = entryFor(missing);
    console.log(`added ${missing.name}@${missing.version}`);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

const usage = `usage: node setup/complete-lock.mjs

Adds the optional packages of other platforms to package-lock.json. Takes no arguments.`;

await runAsProgram(import.meta.url, { usage, takesArguments: false }, completeLock);
