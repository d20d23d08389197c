// Text of a tensor, character by character what Python's `repr` gives (torch/_tensor_str.py with its default options): at
// most the three first and last of each dimension once there are more than 1000 elements, so any size costs the same.
import { native } from "../native/native.js";
import { noGrad } from "./grad-mode.js";
import { fixed, scientific } from "./number-text.js";
import type { Tensor } from "./tensor.js";

const EDGE = 3;
const THRESHOLD = 1000;
const LINE_WIDTH = 80;
const DIGITS = 4;
const PREFIX = "tensor(";
const PLAIN_DTYPES = ["float32", "complex64", "int64", "bool"];

/** As PyTorch prints it: values, then what is not the default of dtype, device and gradient. */
export function tensorText(tensor: Tensor): string {
  const suffixes = suffixesOf(tensor);
  let text = PREFIX + valuesText(tensor);
  let lineLength = text.length - (text.lastIndexOf("\n") + 1) + 2;
  for (const suffix of suffixes) {
    const fits = lineLength + suffix.length + 2 <= LINE_WIDTH;
    text += fits ? `, ${suffix}` : `,\n${" ".repeat(PREFIX.length)}${suffix}`;
    lineLength = fits ? lineLength + suffix.length + 2 : PREFIX.length + suffix.length;
  }
  return `${text})`;
}

function suffixesOf(tensor: Tensor): string[] {
  const isMeta = tensor.device === "meta";
  const isEmpty = tensor.numel === 0;
  const hidesDtype = isMeta || isEmpty ? ["float32"] : PLAIN_DTYPES;
  const maker = native.maker(tensor.handle).replace(/^.*::/, "").replace(/>$/, "");
  return [
    tensor.device === "cpu" ? "" : `device='${tensor.device}'`,
    isMeta || (isEmpty && tensor.ndim !== 1) ? `size=${tuple(tensor.shape)}` : "",
    hidesDtype.includes(tensor.dtype) ? "" : `dtype=torch.${tensor.dtype}`,
    maker !== "" ? `grad_fn=<${maker}>` : tensor.requiresGrad ? "requires_grad=True" : "",
  ].filter((suffix) => suffix !== "");
}

function tuple(shape: readonly number[]): string {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

function valuesText(tensor: Tensor): string {
  if (tensor.device === "meta") return "...";
  if (tensor.numel === 0) return "[]";
  const isCut = tensor.numel > THRESHOLD;
  const shown = noGrad(() => elementTexts(isCut ? edges(tensor, 0) : tensor));
  return nestedText({ ...shown, isCut, position: 0 }, tensor.shape, PREFIX.length);
}

/** The first and last elements of every long dimension; views until the last step, which copies only these. */
function edges(tensor: Tensor, dim: number): Tensor {
  if (dim === tensor.ndim) return tensor;
  if ((tensor.shape[dim] as number) <= 2 * EDGE) return edges(tensor, dim + 1);
  const ends = [tensor.slice(dim, 0, EDGE), tensor.slice(dim, -EDGE)];
  const [first, last] = ends.map((end) => edges(end, dim + 1)) as [Tensor, Tensor];
  const both = first.newEmpty(first.shape.with(dim, 2 * EDGE));
  both.slice(dim, 0, EDGE).copy_(first);
  both.slice(dim, -EDGE).copy_(last);
  return both;
}

/** Texts of equal length in row-major order, and how wide PyTorch takes one for when it breaks lines. */
interface Elements {
  readonly texts: readonly string[];
  readonly width: number;
}

function elementTexts(tensor: Tensor): Elements {
  const { dtype } = tensor;
  if (dtype.startsWith("complex")) return complexTexts(tensor);
  if (dtype.includes("float")) return floatTexts(numbersOf(tensor));
  const integers = tensor.to("int64").toTypedArray() as BigInt64Array;
  return padded(Array.from(integers, (value) => integerText(value, dtype)));
}

function numbersOf(tensor: Tensor): Float64Array {
  return tensor.to("float64").toTypedArray() as Float64Array;
}

function integerText(value: bigint, dtype: string): string {
  if (dtype === "bool") return value === 0n ? "False" : "True";
  return String(dtype === "uint64" ? BigInt.asUintN(64, value) : value);
}

function padded(texts: readonly string[]): Elements {
  const width = texts.reduce((widest, text) => Math.max(widest, text.length), 1);
  return { texts: texts.map((text) => text.padStart(width)), width };
}

function complexTexts(tensor: Tensor): Elements {
  const pairs = numbersOf(tensor.resolveConj().viewAsReal());
  const real = floatTexts(pairs.filter((_, i) => i % 2 === 0));
  const imag = floatTexts(pairs.filter((_, i) => i % 2 === 1));
  const texts = real.texts.map((text, i) => {
    const part = `${(imag.texts[i] as string).trimStart()}j`;
    return part.startsWith("-") ? text + part : `${text}+${part}`;
  });
  return { texts, width: real.width + imag.width + 1 };
}

/** One format for all: whole numbers as `3.`, else four digits, in scientific notation when magnitudes are far apart. */
function floatTexts(values: Float64Array): Elements {
  const telling = values.filter((value) => Number.isFinite(value) && value !== 0);
  const format = formatFor(telling);
  const width = telling.reduce((widest, value) => Math.max(widest, format(value).length), 1);
  return { texts: Array.from(values, (value) => format(value).padStart(width)), width };
}

function formatFor(telling: Float64Array): (value: number) => string {
  const magnitudes = telling.map(Math.abs);
  const smallest = magnitudes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const areWhole = telling.every(Number.isInteger);
  const isWide = largest / smallest > 1000 || largest > 1e8 || (!areWhole && smallest < 1e-4);
  if (telling.length > 0 && isWide) return (value) => scientific(value, DIGITS);
  if (!areWhole) return (value) => fixed(value, DIGITS);
  return (value) => (Number.isFinite(value) ? `${fixed(value, 0)}.` : fixed(value, 0));
}

/** Elements with a reading position, moved on by `nestedText`. */
interface Reader extends Elements {
  readonly isCut: boolean;
  position: number;
}

function nestedText(reader: Reader, shape: readonly number[], indent: number): string {
  const [length, ...inner] = shape;
  if (length === undefined) return next(reader);
  const isCut = reader.isCut && length > 2 * EDGE;
  const parts = Array.from({ length: isCut ? 2 * EDGE : length }, () =>
    inner.length === 0 ? next(reader) : nestedText(reader, inner, indent + 1),
  );
  const space = " ".repeat(indent + 1);
  if (isCut) parts.splice(EDGE, 0, inner.length === 0 ? " ..." : "...");
  if (inner.length === 0) return `[${lines(parts, reader.width, indent).join(`,\n${space}`)}]`;
  return `[${parts.join(`,${"\n".repeat(inner.length)}${space}`)}]`;
}

function next(reader: Reader): string {
  return reader.texts[reader.position++] as string;
}

function lines(parts: readonly string[], width: number, indent: number): string[] {
  const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)));
  const numLines = Math.ceil(parts.length / perLine);
  return Array.from({ length: numLines }, (_, i) =>
    parts.slice(i * perLine, (i + 1) * perLine).join(", "),
  );
}
