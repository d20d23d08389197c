// Writes src/tensor/generated/, TypeScript signatures and documentation of PyTorch's operators and our own, and
// native/tensor/generated/, PyTorch's calls in C++ types, from the schemas of the PyTorch in .venv and of the built addon.
// Run it after a change of PyTorch's version or of an operator in native/; test/native/operator-types.test.ts says when.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { camelCase, signaturesOf, takesLengths } from "./operators/signatures.mjs";
import { unboxedTables } from "./operators/unboxed.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";

const TYPES_FOLDER = "src/tensor/generated";
const TABLES_FOLDER = "native/tensor/generated";

/** What src/tensor/tensor.ts writes by hand, in a better form. */
const HAND_WRITTEN = new Set(["data", "detach", "item", "mT", "numel", "size", "to"]);

const TYPES = `import type { DType } from "../dtype.js";
import type { Layout, MemoryFormat, Reduction, Results, Scalar } from "../operator-types.js";
import type { Generator } from "../random.js";
import type { Tensor } from "../tensor.js";
`;

/** What the library uses of ATen's operators that PyTorch may change. */
const PRIVATE = [
  "_amp_update_scale_",
  "_foreach_add_",
  "_foreach_copy_",
  "_foreach_mul_",
  "_fused_adam_",
  "_fused_sgd_",
];

/** Schemas as setup/operators/read_schemas.py prints them. */
export function readSchemas(python) {
  const program = join(paths.setup, "operators/read_schemas.py");
  const input = JSON.stringify({ private: PRIVATE, own: ownSchemas() });
  const schemas = execFileSync(python, [program], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return JSON.parse(schemas);
}

function ownSchemas() {
  const addon = createRequire(import.meta.url)(paths.addon);
  const names = addon.operatorNames().filter((name) => name.startsWith("notebooster::"));
  return names.flatMap((name) => addon.operatorSchemas(addon.findOperator(name)));
}

/** Path in the repository to content of everything generated. */
export function generatedFiles({ torch, operators, own }) {
  const tablesHeader = `// Operators called in C++ types, from the schemas of PyTorch ${torch} by setup/generate-operators.mjs; do not edit.\n`;
  return {
    ...inFolder(TYPES_FOLDER, typeFiles({ torch, operators, own })),
    ...inFolder(TABLES_FOLDER, unboxedTables(operators, tablesHeader)),
  };
}

function inFolder(folder, files) {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
  );
}

function typeFiles({ torch, operators, own }) {
  const methods = operators.filter(({ name, isMethod }) => isMethod && !HAND_WRITTEN.has(name));
  const header = (what) =>
    `// ${what}\n// Generated from the schemas of PyTorch ${torch} by setup/generate-operators.mjs; do not edit. Descriptions are the\n` +
    "// first sentences of PyTorch's documentation (BSD-3-Clause, copyright its contributors).\n";
  return {
    "tensor-methods.ts": `${header(
      "Methods of a tensor: PyTorch's operators whose first argument is `self`, in camel case.",
    )}${TYPES}\nexport interface TensorMethods {\n${methods.map(methodText).join("")}}\n`,
    "aten.ts":
      header("PyTorch's operators as functions, under their ATen names.") +
      `${TYPES}\nexport interface Aten {\n${operators.map(functionText).join("")}}\n`,
    "own.ts": `// The library's own operators (native/kernels, native/comm), from the schemas that they are registered with by
// setup/generate-operators.mjs; do not edit.
import type { DType } from "../dtype.js";
import type { Results } from "../operator-types.js";
import type { Tensor } from "../tensor.js";

export interface OwnOperators {
${own.map(ownText).join("")}}
`,
    "method-names.ts":
      header("ATen names of the operators that are methods of a tensor.") +
      listText("METHOD_NAMES", methods) +
      "\n/** Those that take a list of lengths or dimensions also as separate arguments. */\n" +
      listText("LENGTHS_METHODS", methods.filter(takesLengths)) +
      `\n/** The PyTorch whose operators these are. */\nexport const SCHEMAS_FROM = "${torch}";\n`,
  };
}

function listText(variable, operators) {
  return `export const ${variable} = [\n${operators.map(({ name }) => `  "${name}",\n`).join("")}];\n`;
}

function methodText(operator) {
  return memberText(operator, camelCase(operator.name), { isMethod: true, spell: camelCase });
}

function functionText(operator) {
  return memberText(operator, operator.name, { isMethod: false, spell: (name) => name });
}

function ownText(operator) {
  return functionText({ ...operator, summary: `Our own \`${operator.name}\`.` });
}

/** Each overload says its defaults; the first one also what the operator does. */
function memberText(operator, name, style) {
  return signaturesOf(operator, style)
    .map(({ signature, defaults }, i) => {
      const doc = i === 0 || style.isMethod ? docText(operator, defaults) : defaultsText(defaults);
      return `${doc && `  /** ${doc} */\n`}  ${name}${signature};\n`;
    })
    .join("");
}

function docText({ name, summary, link }, defaults) {
  const parts = [
    summary ?? `ATen's \`${name}\`.`,
    defaultsText(defaults),
    link && `{@link ${link}}`,
  ];
  return parts.filter(Boolean).join(" ");
}

function defaultsText(defaults) {
  return defaults && `Defaults: ${defaults}.`;
}

/** Paths of the generated files that differ from those on disk. */
export function staleFiles(files) {
  return Object.keys(files).filter((name) => {
    try {
      return readFileSync(join(paths.root, name), "utf8") !== files[name];
    } catch (error) {
      if (error.code === "ENOENT") return true;
      throw error;
    }
  });
}

function main() {
  const files = generatedFiles(readSchemas(paths.venvPython));
  const stale = staleFiles(files);
  for (const name of stale) {
    mkdirSync(dirname(join(paths.root, name)), { recursive: true });
    writeFileSync(join(paths.root, name), files[name]);
  }
  console.log(stale.length === 0 ? "current" : `wrote ${stale.join(", ")}`);
}

const usage = `usage: node setup/generate-operators.mjs

Writes the types and calls of PyTorch's operators from the PyTorch in .venv. Takes no arguments.`;

await runAsProgram(import.meta.url, { usage, takesArguments: false }, main);
