// A multi-dimensional array in libtorch: the methods that models and training loops use, under their PyTorch
// names in camel case. Every other ATen operator is reached through `ops.aten` (ops.ts).
import { camelCase } from "../arguments/cases.js";
import { describeValue } from "../arguments/describe-value.js";
import { answerForMissing } from "../arguments/missing-names.js";
import { nearest } from "../arguments/nearest.js";
import { type Handle, native } from "../native/native.js";
import type { Conversions } from "./conversions.js";
import { dispatcher, findOperator } from "./dispatch.js";
import {
  arrayTypeOf,
  type DeviceName,
  type DType,
  isComplex,
  itemSize,
  type TypedArray,
} from "./dtype.js";
import { numElements } from "./element-range.js";
import { shapeOf } from "./frame.js";
import type { TensorMethods } from "./generated/tensor-methods.js";
import { requireGradient, setRequiresGrad } from "./gradient.js";
import { noteHostRead } from "./host-reads.js";
import { elementsAt, type Index, writeAt } from "./indexing.js";
import { installMethods } from "./methods.js";
import { exactNumber, type NestedArray, nest } from "./nested.js";
import { placementOf, type Target } from "./placement.js";
import { tensorText } from "./print.js";
import { ID, own, TENSOR } from "./scope.js";

const UNCLONEABLE = Symbol(
  "a tensor: x.clone() copies it, x.toTypedArray() is what another thread can be sent",
);

/** A multi-dimensional array in libtorch, with PyTorch's methods in camel case. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the loop below the class installs what the interface declares
export class Tensor implements Disposable {
  readonly [ID]: Handle;
  readonly [TENSOR] = true;
  /** Symbols cannot be cloned: `structuredClone` and `postMessage` say these words instead of copying the handle. */
  protected readonly memory = UNCLONEABLE;

  constructor(handle: Handle) {
    if (typeof handle !== "number") throw notMadeSo(handle);
    this[ID] = handle;
    own(this);
  }

  /** Native id of this tensor; for code that talks to the addon. */
  get handle(): Handle {
    return this[ID];
  }

  /** Size of each dimension. */
  get shape(): number[] {
    return shapeOf(this[ID]);
  }
  /** Element type. */
  get dtype(): DType {
    return native.dtype(this[ID]) as DType;
  }
  /** "cpu" or "cuda:0". */
  get device(): string {
    return native.device(this[ID]);
  }
  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }
  /** Number of elements. */
  get numel(): number {
    return numElements(this.shape);
  }
  /** Bytes of the elements. */
  get nbytes(): number {
    return this.numel * itemSize(this.dtype);
  }

  /** Whether operators on it are recorded for a backward pass. */
  get requiresGrad(): boolean {
    return native.requiresGrad(this[ID]);
  }
  set requiresGrad(value: boolean) {
    setRequiresGrad(this, value);
  }
  /** Gradient accumulated by `backward`, or null. */
  get grad(): Tensor | null {
    const gradient = native.grad(this[ID]);
    return gradient === null ? null : new Tensor(gradient);
  }
  set grad(value: Tensor | null) {
    if (value !== null) requireGradient(this, value);
    native.setGrad(value === null ? this[ID] : this.handle, value?.handle);
  }
  /** The same numbers outside of any gradient. */
  detach(): Tensor {
    return new Tensor(native.detach(this.handle));
  }

  /** Frees the memory now; later uses throw. */
  dispose(): void {
    native.dispose(this[ID]);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
  /** Whether its memory was given up. */
  get isDisposed(): boolean {
    return native.isDisposed(this[ID]);
  }

  /**
   * The number of a tensor with one element; 1 or 0 for a boolean.
   * @throws Error when there are more elements or none, or the number is complex
   * @throws RangeError for a whole number beyond 2^53
   */
  item(): number {
    noteHostRead();
    return exactNumber(native.item(this.handle));
  }
  /** A copy of the elements as bytes, row-major. */
  toBytes(): Uint8Array<ArrayBuffer> {
    noteHostRead();
    const bytes = new Uint8Array(this.nbytes);
    native.copyBytes(this.handle, bytes);
    return bytes;
  }
  /** A copy of the elements, row-major; 8- and 16-bit floats are given as their bits, complex numbers as pairs. */
  toTypedArray(): TypedArray {
    return new (arrayTypeOf(this.dtype))(this.toBytes().buffer);
  }
  /** The memory of a contiguous CPU tensor itself: writing to it changes the tensor. */
  hostView(): TypedArray {
    noteHostRead();
    return new (arrayTypeOf(this.dtype))(native.hostView(this.handle));
  }
  /**
   * A copy of the elements as nested arrays of numbers.
   * @throws TypeError for complex numbers
   * @throws RangeError for whole numbers beyond 2^53
   */
  toArray(): NestedArray {
    if (isComplex(this.dtype))
      throw new TypeError(`toArray() has no ${this.dtype} numbers; take x.viewAsReal().toArray()`);
    const wide = /^b?float(8|16)/.test(this.dtype) ? this.to("float32") : this;
    const isBool = wide.dtype === "bool";
    const flat = Array.from(wide.toTypedArray() as ArrayLike<number | bigint>, (x) =>
      isBool ? x === 1 : exactNumber(x),
    );
    if (wide !== this) wide.dispose();
    return nest(flat, this.shape);
  }
  /** `toArray`, as PyTorch calls it. */
  tolist(): NestedArray {
    return this.toArray();
  }
  /** As PyTorch prints it. */
  toString(): string {
    return tensorText(this);
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.isDisposed ? FREED : this.toString() };
  }
  /** JavaScript has no operators for tensors: `x * 2` would be NaN, `x + y` a text. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      "a tensor is no number: compute with methods, as in x.add(y), x.mul(2) and x.gt(0), or take the number of a tensor with one element with item(); for its text take String(x)",
    );
  }
  /** Refuses: JSON.stringify would hide what becomes of dtype and device. */
  toJSON(): never {
    throw new TypeError("a tensor has no JSON; give toArray(), or item() of one element");
  }
  /** The parts along the first dimension, as views: `for (const row of x)`. */
  *[Symbol.iterator](): Generator<Tensor> {
    const [size] = this.shape;
    if (size === undefined)
      throw new TypeError("a tensor without dimensions has no parts to go through");
    for (let i = 0; i < size; i++) yield this.at(i);
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.isDisposed ? FREED : this.toString();
  }

  /**
   * Python's `x[...]`: `x.at("...", slice(0, -1))`, `x.at(0, null, mask)`. A view for numbers, slices, null and "...", else a copy.
   * @throws RangeError naming the index, the dimension and its size
   */
  at(...indices: Index[]): Tensor {
    return new Tensor(elementsAt(this, indices));
  }
  /** Python's `x[...] = value`: `x.setAt([0, slice(2)], 1)`. A tensor is broadcast. In place. */
  setAt(indices: readonly Index[], value: number | bigint | boolean | Tensor): this {
    writeAt(this, indices, value);
    return this;
  }

  /**
   * The same tensor when it already has the dtype and device asked for, else a converted copy:
   * `x.to("bfloat16")`, `x.to("cuda", "bfloat16")`, `x.to({ dtype: "bfloat16", device: "cuda:1" })`, or as another tensor is:
   * `x.to(y)`.
   * @throws TypeError when the target names neither
   */
  to(target: Target, other?: Target): Tensor {
    const { dtype = this.dtype, device = this.device } = placementOf(target, other);
    if (device === this.device || `${device}:0` === this.device) {
      return dtype === this.dtype
        ? this
        : (invoke(findOperator("aten::to"), [dtype], this) as Tensor);
    }
    return invoke(findOperator("aten::_to_copy"), [{ dtype, device }], this) as Tensor;
  }

  /** On a GPU: the current one, or the one named as in "cuda:1". */
  cuda(device: DeviceName = "cuda"): Tensor {
    return this.to(device);
  }

  /** The matrix transposed, a view; of more dimensions use `mT` or `permute`. */
  get T(): Tensor {
    if (this.ndim < 2) return this;
    if (this.ndim === 2) return this.transpose(0, 1);
    throw new RangeError(
      `x.T is of a matrix, this tensor has the shape [${this.shape.join(", ")}]; x.mT transposes the last two dimensions, x.permute(...) any`,
    );
  }
  /** The last two dimensions transposed, a view. */
  get mT(): Tensor {
    if (this.ndim < 2)
      throw new RangeError(`x.mT needs two dimensions, the shape is [${this.shape.join(", ")}]`);
    return this.transpose(-2, -1);
  }
  /** Sizes of the dimensions, or of the one that is named; negative ones count from the end. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    const { shape } = this;
    if (dim === undefined) return shape;
    const size = shape.at(dim);
    if (size !== undefined && dim >= -shape.length) return size;
    throw new RangeError(
      `size: dim must be a whole number from ${-shape.length} to ${shape.length - 1}, got ${describeValue(dim)}`,
    );
  }
  /** Elements of this tensor where `condition` is true, else of `other`. */
  where(condition: Tensor, other: Tensor | number): Tensor {
    return invoke(findOperator("aten::where"), [condition, this, other]) as Tensor;
  }
}

/** PyTorch's operators as methods: `x.topk(3, { largest: false })`. */
export interface Tensor extends TensorMethods, Conversions {
  /** Accumulates gradients into the `grad` of every parameter that this loss depends on; the function `backward`. */
  backward(gradient?: Tensor): void;
}

/** How a tensor prints whose memory was given back. */
const FREED =
  "Tensor (freed by dispose(), or at the end of the scope or training step that made it; keep(tensor) there keeps it)";

const wrap = (handle: Handle): Tensor => new Tensor(handle);

/** Calls an operator; for code that has found it by name. */
export const invoke = dispatcher(wrap);

installMethods(Tensor.prototype, invoke);

answerForMissing(Tensor.prototype, {
  read(name) {
    if (isIndex(name)) return `x[${name}] is no element of a tensor; take it with x.at(${name})`;
    const camel = camelCase(name);
    return camel !== name && camel in Tensor.prototype
      ? `a tensor has no ${name}; did you mean ${camel}?`
      : undefined;
  },
  write(name) {
    if (isIndex(name))
      return `x[${name}] = value does not write to a tensor; write x.setAt([${name}], value)`;
    const near = nearest(name, ["grad", "requiresGrad"])[0];
    return `a tensor has no ${name} to write to${near === undefined ? "" : `; did you mean ${near}?`}`;
  },
});

function isIndex(name: string): boolean {
  return /^-?\d+$/.test(name);
}

function notMadeSo(given: unknown): TypeError {
  return new TypeError(
    `new Tensor takes the native id of a tensor, got ${describeValue(given)}; numbers become one by tensor([1, 2])`,
  );
}
