// The JavaScript of src/ and kernel/, written into dist/. Node takes almost a millisecond to load a file (LOG.md), and the library has
// 650. So what modules hold is joined into fewer than a hundred files, dist/{src,kernel}/joined/: modules that the same entries reach
// lie together, and an entry loads what it needs and no more. Each module keeps its own file as well, which exports it from there, so
// that it is one module whoever imports it. TypeScript has written the declarations (`tsc -b`) and checked the types.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { hashOf, treeHash } from "./fingerprint.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { HEAP_FLAGS } from "./steps/kernelspec.mjs";

const rooms = ["src", "kernel"];
/** Entries beside those of package.json and the modules that no other imports: where more is loaded by a file's path. */
const otherEntries = [
  "src/tokenizer/auto-tokenizer.ts", // by threads that stream, which take no libtorch
  "src/report/memory-map.ts", // by setup/memory.mjs
];
/** The module that loads libtorch. */
const libtorch = join(paths.root, "src/native/load-addon.ts");
const joined = "joined";
/**
 * Packages that are joined with us: what TypeScript's newer syntax needs, and one that imports TypeScript. Node looks for names in what
 * is imported and is no ES module, in TypeScript's 9 MB for 0.8 s; so kernel/language/typescript.ts requires it.
 */
const takenIn = /^(@oxc-project\/runtime\/|ts-blank-space$)/;
const required = "\0typescript";
const requiring = "kernel/language/typescript.ts";
const keepCode = join(paths.setup, "keep-code.mjs");
/** Of kernels that Jupyter starts, and of all others. */
const kernelFlags = [HEAP_FLAGS, []];
const target = "es2022";

/** Writes the JavaScript into `output`, dist/ by default. */
export async function writeModules(output = paths.dist) {
  const { rolldown } = await import("rolldown");
  const modules = modulesOfRooms();
  const bundle = await rolldown({
    input: Object.fromEntries(modules.map((path) => [withoutEnding(path), join(paths.root, path)])),
    platform: "node",
    treeshake: false,
    preserveEntrySignatures: "allow-extension",
    tsconfig: false,
    transform: { target },
    plugins: [await ownModules(), await ownPlaces()],
    checks: { bundlerTimings: false },
    onLog: refuse,
  });
  for (const room of rooms) rmSync(join(output, room, joined), { recursive: true, force: true });
  let files;
  const name = (id, graph) => {
    files ??= joinedFiles(modules, graph);
    return files.get(id);
  };
  await bundle.write({
    dir: output,
    format: "es",
    sourcemap: true,
    keepNames: true,
    entryFileNames: "[name].js",
    chunkFileNames: ({ name: file }) =>
      file.includes("/") ? "[name].js" : `src/${joined}/[name].js`,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: joined, name, minSize: 0 }],
    },
  });
  await bundle.close();
  keepTypeScript(output);
  writeFileSync(stamp(output), sourcesHash());
}

function keepTypeScript(output) {
  const folder = join(output, "kernel/language");
  const old = readdirSync(folder).filter((name) => name.endsWith(".code"));
  for (const name of old) rmSync(join(folder, name));
  for (const flags of kernelFlags) execFileSync(process.execPath, [...flags, keepCode, output]);
}

/** Whether dist/ has the JavaScript of the sources as they are. */
export function areModulesWritten() {
  try {
    return readFileSync(stamp(paths.dist), "utf8") === sourcesHash();
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return false;
  }
}

function stamp(output) {
  return join(output, "modules.stamp");
}

function sourcesHash() {
  return hashOf([
    ...rooms.map((room) => treeHash(join(paths.root, room))),
    { file: join(paths.root, "package.json") },
    { file: join(paths.root, "package-lock.json") },
    { file: join(paths.setup, "modules.mjs") },
    { file: keepCode },
    process.version,
  ]);
}

/** Paths of all modules but those of JupyterLab's extension, from the root. */
function modulesOfRooms() {
  const isModule = /(?<!\.d)\.ts$/;
  return rooms
    .flatMap((room) =>
      readdirSync(join(paths.root, room), { recursive: true }).map((path) => `${room}/${path}`),
    )
    .filter((path) => isModule.test(path) && !path.startsWith("kernel/lab/"))
    .sort();
}

/** Sources of the package's own entries, by the name that imports them. */
function ownEntries() {
  const { name, exports } = JSON.parse(readFileSync(join(paths.root, "package.json"), "utf8"));
  const entries = Object.entries(exports).filter(([, { default: file }]) => file !== undefined);
  return new Map(
    entries.map(([path, { default: file }]) => [
      path.replace(".", name),
      file.replace("./dist/", "").replace(/\.js$/, ".ts"),
    ]),
  );
}

/** Modules of the package import one another as compiled files or by the package's name; other packages stay imports. */
function ownModules() {
  const entries = ownEntries().set(requiring, requiring);
  return {
    name: "own-modules",
    resolveId(specifier, importer) {
      const entry = entries.get(specifier);
      if (entry !== undefined) return join(paths.root, entry);
      if (importer === undefined || takenIn.test(specifier)) return undefined;
      if (specifier === "typescript") return required;
      if (!specifier.startsWith(".")) return { id: specifier, external: true };
      return importer.endsWith(".ts")
        ? join(dirname(importer), specifier.replace(/\.js$/, ".ts"))
        : undefined;
    },
    load: (id) =>
      id === required
        ? `import { requireTypeScript } from ${JSON.stringify(requiring)};
          export default requireTypeScript();`
        : undefined,
  };
}

/** `import.meta.url` stays the place of the module's own file, beside which it finds threads and packages. */
async function ownPlaces() {
  const [{ parseSync }, { default: MagicString }] = await Promise.all([
    import("rolldown/utils"),
    import("magic-string"),
  ]);
  return {
    name: "own-places",
    transform: {
      filter: { id: /\.ts$/, code: "import.meta.url" },
      handler(code, id) {
        const [room] = relative(paths.root, id).split("/");
        const place = relative(join(paths.root, room, joined), `${withoutEnding(id)}.js`);
        const text = new MagicString(code);
        for (const { start, end } of placesIn(parseSync(id, code).program)) {
          text.overwrite(start, end, `new URL("${place}", import.meta.url).href`);
        }
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}

function placesIn(node) {
  if (node === null || typeof node !== "object") return [];
  const isPlace = node.type === "MemberExpression" && node.object.type === "MetaProperty";
  if (isPlace && node.property.name === "url") return [node];
  return Object.values(node).flatMap(placesIn);
}

/**
 * The file in which each module lies: one for those of a room that the same entries reach, another for those of them that need no
 * libtorch. Entries lie alone: a program runs when it is loaded.
 */
function joinedFiles(modules, graph) {
  const ids = modules.map((path) => join(paths.root, path));
  const entries = new Set(
    [...ownEntries().values(), ...otherEntries].map((path) => join(paths.root, path)),
  );
  const isEntry = (id) => entries.has(id) || graph.getModuleInfo(id).importers.length === 0;
  const reached = new Map(ids.map((id) => [id, reachedFrom(id, graph)]));
  const reachedBy = (id) => ids.filter((entry) => isEntry(entry) && reached.get(entry).has(id));
  const names = new Map();
  const nameOf = (id) => {
    const [room] = relative(paths.root, id).split("/");
    const key = isEntry(id) ? id : [room, reached.get(id).has(libtorch), ...reachedBy(id)].join();
    if (!names.has(key)) names.set(key, `${room}/${joined}/${names.size}`);
    return names.get(key);
  };
  return new Map(ids.map((id) => [id, nameOf(id)]));
}

function reachedFrom(entry, graph) {
  const reached = new Set();
  const open = [entry];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return reached;
}

function refuse(level, log) {
  if (level === "warn") throw new Error(log.message);
}

function withoutEnding(path) {
  return path.replace(/\.ts$/, "");
}

const usage = `usage: node setup/modules.mjs [FOLDER]

Writes the JavaScript of src/ and kernel/ into FOLDER, dist/ by default.`;

await runAsProgram(import.meta.url, { usage }, ([output]) => writeModules(output));
