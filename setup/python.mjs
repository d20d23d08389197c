// The Python of this machine: NOTEBOOSTER_PYTHON or python3. Looks, without importing torch (which takes seconds),
// whether it has a PyTorch whose libtorch the addon can be built against.
import { output } from "./command.mjs";

const probe = `
import importlib.util, json, os, platform, sys
def version_of_torch(folder):
    facts = {}
    exec(open(os.path.join(folder, "version.py")).read(), {"__name__": "torch.version"}, facts)
    return str(facts["__version__"])
spec = importlib.util.find_spec("torch")
torch = None
if spec is not None and spec.origin:
    folder = os.path.dirname(spec.origin)
    torch = {"folder": folder, "version": version_of_torch(folder)}
venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print(json.dumps({"version": platform.python_version(), "executable": sys.executable, "hasVenv": bool(venv), "torch": torch}))
`;
const usableTorch = /^2\.(11|12|13|14)\./;
let found;

/** What this machine's Python is: version, executable, hasVenv, torch (folder, version) where installed. */
export function findPython() {
  found ??= inspectPython(process.env.NOTEBOOSTER_PYTHON ?? "python3") ?? { hasVenv: false };
  return found;
}

/** The same facts about a given interpreter, or undefined when it does not run. */
export function inspectPython(program) {
  const text = output([program, "-c", probe]);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The PyTorch already installed for this machine's Python when its version is 2.11 to 2.14. */
export function installedTorch() {
  const { torch } = findPython();
  return torch && usableTorch.test(torch.version) ? torch : undefined;
}
