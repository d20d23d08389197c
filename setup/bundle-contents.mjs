// Which files travel in a bundle: what runs, without sources of sources, maps, tests and other platforms' binaries.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { paths } from "./paths.mjs";

/** Folders and files of the checkout that a bundle holds, relative to the root. */
export function bundledPaths() {
  const own = [
    "package.json",
    "LICENSE",
    "README.md",
    "dist/src",
    "dist/kernel",
    "native",
    "setup",
  ];
  const programs = ["notebooks", "test/bench", "test/bench-peers", "test/gpu", ...fixtures()];
  return [...own, ...programs, ...productionPackages()].filter((path) =>
    existsSync(join(paths.root, path)),
  );
}

/** The programs that checks and benchmarks start; what tests alone read stays here. */
function fixtures() {
  const folder = join(paths.root, "test/fixtures");
  const programs = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".mjs"))
    : [];
  return programs.map((name) => `test/fixtures/${name}`);
}

/** False for what nothing reads on the host. */
export function isBundled(path) {
  return !left.some((pattern) => pattern.test(relative(paths.root, path).replaceAll(sep, "/")));
}

const platform = `${process.platform}/${process.arch}`;
const left = [
  /\.(map|tsbuildinfo|flow|code)$/,
  /(^|\/)(__pycache__|\.ipynb_checkpoints|runs|checkpoints)$/,
  /^test\/bench\/kernel(\.bench|-peers|-server)\.mjs$/, // installs other kernels and starts a Jupyter server
  /^node_modules\/.*\/(README|CHANGELOG|HISTORY)(\.md)?$/i,
  /^node_modules\/.*\/node_modules\/\.bin$/,
  /^node_modules\/typescript\/(bin|lib\/[a-z]{2}(-[a-z]{2})?|lib\/(_tsc|_tsserver|_typingsInstaller|tsc|tsserver|typingsInstaller|tsserverlibrary)\.(js|d\.ts))$/,
  /^node_modules\/apache-arrow\/(src|.*\.min\.js|Arrow\.es.*)$/,
  /^node_modules\/dejavu-fonts-ttf\/(status|unicover|langcover)\.txt$/,
  /^node_modules\/zeromq\/(src|script)$/,
  new RegExp(`^node_modules/zeromq/build/(?!manifest|${process.platform}(/|$))`),
  new RegExp(`^node_modules/zeromq/build/${process.platform}/(?!${process.arch}(/|$))`),
  new RegExp(`^node_modules/zeromq/build/${platform}/.*/musl`),
  new RegExp(
    `^node_modules/tokenizers/tokenizers\\.(?!${process.platform}-${process.arch}-gnu\\.).*\\.node$`,
  ),
];

function productionPackages() {
  const lock = JSON.parse(readFileSync(join(paths.root, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== "" && entry.dev !== true && entry.devOptional !== true)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf("node_modules/") === 0);
}
