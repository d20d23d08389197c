// The Python that .venv is, or will be, made of: NOTEBOOSTER_PYTHON, else the one that a working .venv was made of, else
// python3. So it does not matter which python3 is first on the PATH once there is a .venv. Looks, without importing torch
// (which takes seconds), whether there is a PyTorch whose libtorch the addon can be built against.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { output } from "./command.mjs";
import { paths } from "./paths.mjs";

const probe = `
import importlib.util, json, os, platform, sys, sysconfig
def version_of_torch(folder):
    facts = {}
    exec(open(os.path.join(folder, "version.py")).read(), {"__name__": "torch.version"}, facts)
    return str(facts["__version__"])
def torch_in(folder):
    is_there = os.path.exists(os.path.join(folder, "version.py"))
    return {"folder": folder, "version": version_of_torch(folder)} if is_there else None
if len(sys.argv) > 1:
    torch = torch_in(sys.argv[1])
else:
    spec = importlib.util.find_spec("torch")
    torch = torch_in(os.path.dirname(spec.origin)) if spec is not None and spec.origin else None
venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
base = getattr(sys, "_base_executable", None) or sys.executable
abi = sysconfig.get_config_var("SOABI") or platform.python_version()
print(json.dumps({"version": platform.python_version(), "abi": abi, "executable": base, "program": sys.executable, "hasVenv": bool(venv), "torch": torch}))
`;
const usableTorch = /^2\.(11|12|13|14)\./;
let found;

/** Name of the file in .venv that says what of this machine it was made of. */
export const MADE_OF = "made-of.json";

/**
 * That Python: version, abi, program (what was asked), executable (of the interpreter that an environment is made of, else the
 * same), hasVenv, torch (folder, version) where installed.
 */
export function findPython() {
  found ??= choose() ?? { hasVenv: false };
  return found;
}

/** The same facts about a given interpreter, or undefined when it does not run; `torch` is a folder to look at. */
export function inspectPython(program, torch) {
  const command = [program, "-c", probe, ...(torch === undefined ? [] : [torch])];
  const text = output(command, { PYTHONHOME: undefined }); // set for another interpreter
  return text === undefined ? undefined : JSON.parse(text);
}

/** The PyTorch already installed for this machine's Python when its version is 2.11 to 2.14. */
export function installedTorch() {
  const { torch } = findPython();
  return torch && usableTorch.test(torch.version) && !isOurs(torch.folder) ? torch : undefined;
}

/** What .venv says it was made of, or undefined. */
export function madeOf() {
  const file = join(paths.venv, MADE_OF);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function choose() {
  const named = process.env.NOTEBOOSTER_PYTHON;
  return named === undefined ? (stillThere() ?? inspectPython("python3")) : inspectPython(named);
}

/** The interpreter and the PyTorch of .venv while they are what they were. */
function stillThere() {
  const made = madeOf();
  if (made === undefined || !existsSync(paths.venvPython)) return undefined;
  const now = inspectPython(made.executable, made.torch?.folder ?? "");
  const isSame = now?.abi === made.abi && (made.torch === null) === (now.torch === null);
  return isSame ? now : undefined;
}

// An activated .venv is no installation of its own.
function isOurs(folder) {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  const ours = [paths.venvs, paths.venv].filter(existsSync).map((each) => realpathSync(each));
  return ours.some((each) => real.startsWith(each + sep));
}
