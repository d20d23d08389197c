// The generated signatures of operators: current against the installed PyTorch, true at run time, and right for the compiler.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ops, type Tensor, tensor, torchVersion, zeros } from "notebooster";
import ts from "typescript";
import { expect, expectTypeOf, test } from "vitest";
import { generatedFiles, readSchemas, staleFiles } from "../../setup/generate-operators.mjs";
import {
  LENGTHS_METHODS,
  METHOD_NAMES,
  SCHEMAS_FROM,
} from "../../src/tensor/generated/method-names.js";
import { python } from "../fixtures/python.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = torchVersion.split(".").slice(0, 2).join(".");

test.skipIf(installed !== SCHEMAS_FROM)(
  `src/tensor/generated is what node setup/generate-operators.mjs writes for PyTorch ${SCHEMAS_FROM} (here ${installed})`,
  () => {
    const python = process.env["NOTEBOOSTER_PYTHON"] ?? path.join(root, ".venv/bin/python");
    expect(staleFiles(generatedFiles(readSchemas(python)))).toEqual([]);
  },
);

test("every generated method is there and its operator is known to this PyTorch, or its error says which it needs", () => {
  const x = zeros([2]) as unknown as Record<string, unknown>;
  const known = new Set(Object.keys(ops.aten));
  const unknown = METHOD_NAMES.filter((name) => !known.has(name));
  if (installed === SCHEMAS_FROM) expect(unknown).toEqual([]);
  else expect(unknown.length).toBeLessThan(40);
  const camel = (name: string) =>
    name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
  expect(METHOD_NAMES.filter((name) => typeof x[camel(name)] !== "function")).toEqual([]);
  expect(METHOD_NAMES.length).toBeGreaterThan(600);
  expect(LENGTHS_METHODS).toContain("view");
});

test("the methods that torch.Tensor has under these names are all there", () => {
  const theirs = python(`
import torch
names = {n.removeprefix("aten::").partition(".")[0] for n in torch._C._dispatch_get_all_op_names() if n.startswith("aten::")}
print(json.dumps(sorted(n for n in names if not n.startswith("_") and callable(getattr(torch.Tensor, n, None)))))`) as string[];
  const missing = theirs.filter((name) => !METHOD_NAMES.includes(name));
  // Written by hand, or taking what JavaScript cannot pass (a Storage, a quantization scheme, a stream).
  const allowed = [
    "polygamma", // self is the second argument
    "where",

    "detach",
    "item",
    "numel",
    "size",
    "to",
    "qscheme",
    "record_stream",
    "rename",
    "rename_",
    "align_to",
    "align_as",
  ];
  expect(
    missing.filter((name) => !allowed.includes(name) && !/^(q_|.*_copy$|sym_|unsafe_)/.test(name)),
  ).toEqual([]);
});

/** Operators of PyTorch 2.13 that 2.11 lacks, as `native.operatorNames()` of both tells (2026-11-28). */
const LACKING_IN_2_11 =
  `dim get_device is_contiguous numel storage_offset _flash_attention_forward_no_dropout_inplace _foreach_clone
  _foreach_mm _philox_key_fold_in _philox_key_split _philox_normal _philox_normal_ _philox_uniform _philox_uniform_
  _upsample_lanczos2d_aa _upsample_lanczos2d_aa_backward`.split(/\s+/);

test("src names no operator as text, or of ops, that PyTorch 2.11 lacks", () => {
  const files = ts.sys.readDirectory(path.join(root, "src"), [".ts"], ["**/generated"]);
  expect(files.length).toBeGreaterThan(200);
  const named = new RegExp(`aten(?:::|\\.)(${LACKING_IN_2_11.join("|")})\\b`);
  expect(files.filter((file) => named.test(ts.sys.readFile(file) ?? ""))).toEqual([]);
});

test("dim, getDevice, isContiguous and storageOffset, which are operators only since 2.12 or later, tell what PyTorch tells", () => {
  const ours = zeros([2, 3, 4, 5]);
  const last = ours.contiguous({ memoryFormat: "channels_last" });
  const told = [
    ours,
    ours.permute(3, 2, 1, 0),
    ours.at(1),
    ours.at(0, 0, 0, 0),
    last,
    zeros([2], { device: "meta" }),
  ].map((x) => [
    x.dim(),
    x.getDevice(),
    x.storageOffset(),
    x.isContiguous(),
    x.isContiguous("contiguous_format"),
    x.dim() === 4 && x.isContiguous({ memoryFormat: "channels_last" }),
  ]);
  const theirs = python(`
import torch
x = torch.zeros(2, 3, 4, 5)
last = torch.channels_last
tell = lambda x: [x.dim(), x.get_device(), x.storage_offset(), x.is_contiguous(), x.is_contiguous(), x.dim() == 4 and x.is_contiguous(memory_format=last)]
print(json.dumps([tell(y) for y in [x, x.permute(3, 2, 1, 0), x[1], x[0, 0, 0, 0], x.contiguous(memory_format=last), torch.zeros(2, device="meta")]]))`);
  expect(told).toEqual(theirs);
});

test("the compiler knows results, options and dtypes", () => {
  const x = zeros([2, 3]);
  const top = x.topk(2, { largest: false });
  expectTypeOf(top[1]).toEqualTypeOf<Tensor>();
  expectTypeOf(top.indices).toEqualTypeOf<Tensor>();
  expectTypeOf(x.sum(0, { keepdim: true, dtype: "float64" })).toEqualTypeOf<Tensor>();
  expectTypeOf(x.split([1, 1])).toEqualTypeOf<Tensor[]>();
  expectTypeOf(x.isContiguous()).toEqualTypeOf<boolean>();
  expectTypeOf(ops.aten.rand).toBeCallableWith([2, 3], { dtype: "float32", device: "cpu" });
  expect(x.view(3, 2).shape).toEqual(x.view([3, 2]).shape);
});

const RIGHT = [
  "x.sum(0);",
  "x.at(0, null).topk(2, { dim: 0 })[1].item();",
  "ops.notebooster.add_rms_norm(x, x, x, 1e-5).normed.item();",
];
const MISTAKES = [
  "x.sum(0, { keepdims: true });",
  'x.to("float33");',
  'x.topk("three");',
  "x.noSuchOperator();",
  "ops.aten.mm(x);",
  "ops.notebooster.rope(x, x);",
  'ops.notebooster.geglu(x, x, { approximates: "tanh" });',
];

test(`the compiler refuses ${MISTAKES.join(" ")}`, () => {
  const lines = ['import { ops, zeros } from "../../src/index.js";', "const x = zeros([2, 3]);"];
  lines.push(...RIGHT, ...MISTAKES);
  const wanted = MISTAKES.map((_, i) => lines.length - MISTAKES.length + i + 1);
  expect(linesWithErrors(lines.join("\n"))).toEqual(wanted);
});

function linesWithErrors(source: string): number[] {
  const file = path.join(root, "test/native/mistake.ts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) =>
    name === file ? ts.createSourceFile(name, source, language) : read(name, language, ...rest);
  const program = ts.createProgram([file], options, host);
  const errors = program.getSemanticDiagnostics(program.getSourceFile(file));
  return errors.map(({ start = 0 }) => source.slice(0, start).split("\n").length);
}

test("errors name near operators, options and what was given", () => {
  const x = tensor([1, 2], { dtype: "float32" });
  expect(() => ops.aten["_sofmax"]).toThrow(
    /no operator aten::_sofmax in PyTorch .*similar: .*softmax/,
  );
  expect(() => ops.notebooster["rop" as "rope"]).toThrow(
    /no operator notebooster::rop in PyTorch .*similar: rope/,
  );
  expect(() => x.sum({ dims: 0 } as never)).toThrow(
    /x\.sum has no option dims; did you mean dim\?; it takes:\n.*keepdim = false/s,
  );
  expect(() => x.matmul(zeros([3]))).toThrow(/^x\.matmul: .*float32\[2\], float32\[3\]/s);
  expect(() => x.topk("a" as never)).toThrow(
    /^x\.topk: argument `k`: unknown name "a".*float32\[2\], "a"/,
  );
  expect(() => x.topk(true as never)).toThrow(
    /^x\.topk does not take \(true\), x being a Tensor float32\[2\]; it takes:\n {2}x\.topk\(k: whole number, dim = -1/,
  );
  expect(() => x.softmax(5)).toThrow(/^x\.softmax: .*-1, 0.*got 5.*arguments: float32\[2\], 5/s);
});
