// What must be on the machine beforehand: Node, Python with venv, a C++ compiler. Each need knows how to find
// itself and which command mends it; setup stops at the first one missing, doctor prints them all.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { output } from "./command.mjs";
import { findPython } from "./python.mjs";
import { SetupError } from "./setup-error.mjs";

const asRoot = process.getuid?.() === 0 ? "" : "sudo ";
const apt = (packages) => `${asRoot}apt-get install -y ${packages}`;

export const needs = [
  {
    name: "Node.js",
    required: ">= 20.20",
    find: () => ({ found: process.version, isMet: isAtLeast(process.version.slice(1), [20, 20]) }),
    mend: "install Node 20.20 or newer from nodejs.org",
  },
  {
    name: "Python",
    required: ">= 3.11",
    find: () => {
      const python = findPython();
      return { found: python.version, isMet: isAtLeast(python.version, [3, 11]) };
    },
    mend: apt("python3 python3-venv"),
  },
  {
    name: "Python venv module",
    required: "venv with ensurepip",
    find: () => {
      const { hasVenv } = findPython();
      return { found: hasVenv ? "present" : undefined, isMet: hasVenv };
    },
    mend: apt("python3-venv"),
  },
  {
    name: "C++ compiler",
    required: "g++ >= 11 or clang++ >= 14",
    find: () => {
      const compiler = findCompiler();
      return { found: compiler?.text, isMet: compiler?.isNewEnough === true };
    },
    mend: apt("g++"),
  },
];

/** Throws one sentence when something of `names` that setup cannot install is missing. */
export function requireNeeds(names) {
  for (const need of needs.filter(({ name }) => names.includes(name))) {
    const { found, isMet } = need.find();
    if (isMet) continue;
    const what = found === undefined ? "is missing" : `is ${found}, required is ${need.required}`;
    throw new SetupError(`${need.name} ${what}: ${need.mend}`);
  }
}

/** The C++ compiler CMake will take: $CXX, c++, g++ or clang++. */
export function findCompiler() {
  for (const program of [process.env.CXX, "c++", "g++", "clang++"].filter(Boolean)) {
    const banner = output([program, "--version"]);
    if (banner === undefined) continue;
    const version = /(\d+)\.\d+/.exec(banner)?.[0] ?? "0.0";
    const isClang = /clang/i.test(banner);
    const isNewEnough = isAtLeast(version, [isClang ? 14 : 11, 0]);
    return { program, text: `${isClang ? "clang" : "gcc"} ${version}`, isNewEnough };
  }
  return undefined;
}

/** True where an NVIDIA driver is present. */
export function hasNvidiaGpu() {
  return existsSync("/dev/nvidia0") || findOnPath("nvidia-smi") !== undefined;
}

/** The full path of a program, or undefined. */
export function findOnPath(program) {
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function isAtLeast(version, [major, minor]) {
  const [a = 0, b = 0] = (version ?? "0").split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
