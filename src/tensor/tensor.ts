// A multi-dimensional array in libtorch: the methods that models and training loops use, under their PyTorch
// names in camel case. Every other ATen operator is reached through `ops.aten` (ops.ts).
import { type Handle, native } from "../native/native.js";
import { arrayTypeOf, type DType, itemSize, type TypedArray } from "./dtype.js";
import { own, TENSOR } from "./scope.js";

/** Nested numbers, as `toArray` returns them. */
export type NestedArray = number | boolean | NestedArray[];

export class Tensor implements Disposable {
  /** Native id of this tensor; for code that talks to the addon. */
  readonly handle: Handle;
  readonly [TENSOR] = true;

  constructor(handle: Handle) {
    this.handle = handle;
    own(this);
  }

  get shape(): number[] {
    return native.shape(this.handle);
  }
  get dtype(): DType {
    return native.dtype(this.handle) as DType;
  }
  /** "cpu" or "cuda:0". */
  get device(): string {
    return native.device(this.handle);
  }
  get ndim(): number {
    return this.shape.length;
  }
  get numel(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }
  /** Bytes of the elements. */
  get nbytes(): number {
    return this.numel * itemSize(this.dtype);
  }

  get requiresGrad(): boolean {
    return native.requiresGrad(this.handle);
  }
  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.handle, value);
  }
  /** Gradient accumulated by `backward`, or null. */
  get grad(): Tensor | null {
    const gradient = native.grad(this.handle);
    return gradient === null ? null : new Tensor(gradient);
  }
  set grad(value: Tensor | null) {
    native.setGrad(this.handle, value?.handle);
  }
  /** The same numbers outside of any gradient. */
  detach(): Tensor {
    return new Tensor(native.detach(this.handle));
  }

  /** Frees the memory now; later uses throw. */
  dispose(): void {
    native.dispose(this.handle);
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
  get isDisposed(): boolean {
    return native.isDisposed(this.handle);
  }

  /** The number of a tensor with one element. */
  item(): number {
    return Number(native.item(this.handle));
  }
  /** A copy of the elements as bytes, row-major. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.nbytes);
    native.copyBytes(this.handle, bytes);
    return bytes;
  }
  /** A copy of the elements, row-major; 16-bit floats are given as their bits in a Uint16Array. */
  toTypedArray(): TypedArray {
    return new (arrayTypeOf(this.dtype))(this.toBytes().buffer);
  }
  /** The memory of a contiguous CPU tensor itself: writing to it changes the tensor. */
  hostView(): TypedArray {
    return new (arrayTypeOf(this.dtype))(native.hostView(this.handle));
  }
  /** A copy of the elements as nested arrays of numbers. */
  toArray(): NestedArray {
    const wide = this.dtype === "bfloat16" || this.dtype === "float16" ? this.to("float32") : this;
    const isBool = wide.dtype === "bool";
    const flat = Array.from(wide.toTypedArray() as ArrayLike<number | bigint>, (x) =>
      isBool ? x === 1 : Number(x),
    );
    if (wide !== this) wide.dispose();
    return nest(flat, this.shape);
  }
  toString(): string {
    return native.toText(this.handle).trimEnd();
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.isDisposed ? "Tensor (freed)" : this.toString();
  }

  /** The same tensor when it already has the dtype and device asked for, else a converted copy. */
  to(target: DType | { dtype?: DType; device?: string }): Tensor {
    const { dtype = this.dtype, device = this.device } =
      typeof target === "string" ? { dtype: target } : target;
    if (device === this.device || `${device}:0` === this.device) {
      return dtype === this.dtype ? this : new Tensor(native.toDtype(this.handle, dtype));
    }
    const moved = native.callOperator(TO_COPY, [this], { dtype, device }) as { handle: Handle };
    return new Tensor(moved.handle);
  }

  add(other: Tensor | number, alpha = 1): Tensor {
    if (typeof other === "number") return new Tensor(native.addScalar(this.handle, alpha * other));
    if (alpha === 1) return new Tensor(native.add(this.handle, other.handle));
    return new Tensor(native.addScaled(this.handle, other.handle, alpha));
  }
  sub(other: Tensor | number): Tensor {
    if (typeof other === "number") return new Tensor(native.subScalar(this.handle, other));
    return new Tensor(native.sub(this.handle, other.handle));
  }
  mul(other: Tensor | number): Tensor {
    if (typeof other === "number") return new Tensor(native.mulScalar(this.handle, other));
    return new Tensor(native.mul(this.handle, other.handle));
  }
  div(other: Tensor | number): Tensor {
    if (typeof other === "number") return new Tensor(native.divScalar(this.handle, other));
    return new Tensor(native.div(this.handle, other.handle));
  }
  pow(exponent: number): Tensor {
    return new Tensor(native.powScalar(this.handle, exponent));
  }
  neg(): Tensor {
    return new Tensor(native.neg(this.handle));
  }
  exp(): Tensor {
    return new Tensor(native.exp(this.handle));
  }
  log(): Tensor {
    return new Tensor(native.log(this.handle));
  }
  sqrt(): Tensor {
    return new Tensor(native.sqrt(this.handle));
  }
  rsqrt(): Tensor {
    return new Tensor(native.rsqrt(this.handle));
  }
  cos(): Tensor {
    return new Tensor(native.cos(this.handle));
  }
  sin(): Tensor {
    return new Tensor(native.sin(this.handle));
  }
  tanh(): Tensor {
    return new Tensor(native.tanh(this.handle));
  }
  sigmoid(): Tensor {
    return new Tensor(native.sigmoid(this.handle));
  }
  relu(): Tensor {
    return new Tensor(native.relu(this.handle));
  }
  silu(): Tensor {
    return new Tensor(native.silu(this.handle));
  }
  matmul(other: Tensor): Tensor {
    return new Tensor(native.matmul(this.handle, other.handle));
  }

  /** In place: this += alpha * other. */
  add_(other: Tensor | number, alpha = 1): this {
    if (typeof other === "number") native.addScalar_(this.handle, alpha * other);
    else native.addScaled_(this.handle, other.handle, alpha);
    return this;
  }
  sub_(other: Tensor): this {
    native.sub_(this.handle, other.handle);
    return this;
  }
  mul_(other: Tensor | number): this {
    if (typeof other === "number") native.mulScalar_(this.handle, other);
    else native.mul_(this.handle, other.handle);
    return this;
  }
  div_(other: Tensor | number): this {
    if (typeof other === "number") native.divScalar_(this.handle, other);
    else native.div_(this.handle, other.handle);
    return this;
  }
  fill_(value: number): this {
    native.fill_(this.handle, value);
    return this;
  }
  zero_(): this {
    native.zero_(this.handle);
    return this;
  }
  /** In place: takes the numbers of `source`, converted and broadcast as needed. */
  copy_(source: Tensor, { nonBlocking = false } = {}): this {
    native.copy_(this.handle, source.handle, nonBlocking);
    return this;
  }

  reshape(...shape: number[]): Tensor {
    return new Tensor(native.reshape(this.handle, shape));
  }
  view(...shape: number[]): Tensor {
    return new Tensor(native.view(this.handle, shape));
  }
  expand(...shape: number[]): Tensor {
    return new Tensor(native.expand(this.handle, shape));
  }
  permute(...dims: number[]): Tensor {
    return new Tensor(native.permute(this.handle, dims));
  }
  transpose(dim0: number, dim1: number): Tensor {
    return new Tensor(native.transpose(this.handle, dim0, dim1));
  }
  contiguous(): Tensor {
    return new Tensor(native.contiguous(this.handle));
  }
  unsqueeze(dim: number): Tensor {
    return new Tensor(native.unsqueeze(this.handle, dim));
  }
  squeeze(dim: number): Tensor {
    return new Tensor(native.squeeze(this.handle, dim));
  }
  /** The sub-tensor at one index of a dimension, which disappears. */
  select(dim: number, index: number): Tensor {
    return new Tensor(native.select(this.handle, dim, index));
  }
  /** Elements [start, end) of a dimension; negative numbers count from its end. */
  slice(dim: number, start?: number, end?: number, step = 1): Tensor {
    return new Tensor(native.slice(this.handle, dim, start, end, step));
  }
  split(sizes: readonly number[], dim = 0): Tensor[] {
    return native.split(this.handle, sizes, dim).map((handle) => new Tensor(handle));
  }
  clone(): Tensor {
    return new Tensor(native.clone(this.handle));
  }

  sum(dims?: number | readonly number[], { keepdim = false } = {}): Tensor {
    if (dims === undefined) return new Tensor(native.sumAll(this.handle));
    return new Tensor(native.sum(this.handle, dimList(dims), keepdim));
  }
  mean(dims?: number | readonly number[], { keepdim = false } = {}): Tensor {
    if (dims === undefined) return new Tensor(native.meanAll(this.handle));
    return new Tensor(native.mean(this.handle, dimList(dims), keepdim));
  }
  argmax(dim: number): Tensor {
    return new Tensor(native.argmax(this.handle, dim));
  }
  softmax(dim: number): Tensor {
    return new Tensor(native.softmax(this.handle, dim));
  }
  logSoftmax(dim: number): Tensor {
    return new Tensor(native.logSoftmax(this.handle, dim));
  }
  cumsum(dim: number): Tensor {
    return new Tensor(native.cumsum(this.handle, dim));
  }
}

const TO_COPY = native.findOperator("aten::_to_copy");

function dimList(dims: number | readonly number[]): readonly number[] {
  return typeof dims === "number" ? [dims] : dims;
}

function nest(flat: (number | boolean)[], shape: readonly number[]): NestedArray {
  const [size, ...inner] = shape;
  if (size === undefined) return flat[0] as number;
  if (inner.length === 0) return flat;
  const stride = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, i) =>
    nest(flat.slice(i * stride, (i + 1) * stride), inner),
  );
}
