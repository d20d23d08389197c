// `npm run docs [-- --check]`: the API reference from the documentation in the code. Public things without documentation
// fail, each once, where it is declared. A member that overrides or implements another is documented there; fields of an
// inline type and symbols by what they belong to.
import { join, relative } from "node:path";
import { Application, ReflectionKind, TSConfigReader } from "typedoc";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";

const entries = ["src/index.ts", "src/device.ts", "src/parallel.ts", "src/widgets/index.ts"];
/** What the kernel shares with the library; what of it is of use to people is in src/index.ts too. */
const sharedWithKernel = ["src/host/index.ts", "src/report/index.ts"];
const output = join(paths.root, "docs/api");
const kinds =
  ReflectionKind.ClassOrInterface |
  ReflectionKind.TypeAlias |
  ReflectionKind.FunctionOrMethod |
  ReflectionKind.Property |
  ReflectionKind.Accessor |
  ReflectionKind.Variable;

const usage = `usage: npm run docs [-- --check]

Writes the API reference to docs/api, or with --check only looks for what is not documented.`;

async function docs(args) {
  const isCheck = args.includes("--check");
  const app = await Application.bootstrap(options(isCheck), [new TSConfigReader()]);
  const project = await app.convert();
  if (project === undefined) return 1;
  const missing = undocumented(project);
  for (const line of missing) console.error(line);
  app.validate(project);
  if (missing.length > 0) console.error(`${missing.length} public things are not documented`);
  if (!isCheck) await app.generateDocs(project, output);
  return missing.length > 0 || app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
}

/** @returns {Partial<import("typedoc").TypeDocOptions>} */
function options(isCheck) {
  const shown = isCheck ? [...entries, ...sharedWithKernel] : entries;
  return {
    name: "Notebooster",
    entryPoints: shown.map((entry) => join(paths.root, entry)),
    projectDocuments: [join(paths.root, "docs/for-pytorch-users.md")],
    tsconfig: join(paths.root, "tsconfig.json"),
    readme: join(paths.root, "docs/index.md"),
    excludePrivate: true,
    excludeProtected: true,
    githubPages: false,
    logLevel: "Warn",
    skipErrorChecking: true, // the compiler does, on the way to dist/
    validation: { invalidLink: true, notExported: false, notDocumented: false },
  };
}

function undocumented(project) {
  const places = project
    .getReflectionsByKind(kinds)
    .filter((reflection) => isDocumentedHere(reflection) && !hasDocumentation(reflection))
    .flatMap((reflection) => placesOf(reflection).slice(0, 1));
  const seen = new Map(places.map(({ place, name }) => [place, name]));
  return [...seen].map(([place, name]) => `${place} ${name} has no documentation`).sort();
}

function isDocumentedHere(reflection) {
  const { name, parent, overwrites, implementationOf } = reflection;
  const isInline = parent?.kindOf(ReflectionKind.TypeLiteral) ?? false;
  return !(isInline || name.startsWith("[") || overwrites || implementationOf);
}

function hasDocumentation(reflection) {
  if (hasOnlyTextOfBase(reflection)) return false;
  const { signatures = [], getSignature, type } = reflection;
  const ofType = type?.type === "reflection" ? (type.declaration.signatures ?? []) : [];
  const all = [reflection, ...signatures, ...ofType, ...(getSignature ? [getSignature] : [])];
  return all.some((one) => one.hasComment());
}

// TypeDoc gives a class or interface without documentation the text of the one it extends.
function hasOnlyTextOfBase({ comment, extendedTypes = [] }) {
  const text = JSON.stringify(comment?.summary);
  const bases = extendedTypes.map((type) => type.reflection).filter((base) => base !== undefined);
  return bases.some((base) => JSON.stringify(base.comment?.summary) === text);
}

function placesOf(reflection) {
  const { sources = [], signatures = [], getSignature } = reflection;
  const own = [...sources, ...(signatures[0]?.sources ?? []), ...(getSignature?.sources ?? [])];
  const name = reflection.getFullName();
  return own
    .map(({ fullFileName, line }) => ({
      place: `${relative(paths.root, fullFileName)}:${line}`,
      name,
    }))
    .filter(({ place }) => place.startsWith("src/"));
}

await runAsProgram(import.meta.url, { usage }, docs);
