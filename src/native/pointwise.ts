// The addon's functions for fused pointwise kernels, native/jit/: `native.pointwise`. Tensors are handles.
export type PointwiseRef = { readonly pointwise: unique symbol };

/** The text of a kernel and the dtypes of its outputs. */
export interface PointwiseKernel {
  readonly source: string;
  readonly outputs: readonly string[];
}

/** A kernel of gradients. */
export interface PointwiseBackward extends PointwiseKernel {
  /** Inputs that it is given before the outputs' gradients. */
  readonly reads: readonly number[];
  /** Inputs that get a gradient. */
  readonly targets: readonly number[];
  /** Which of its outputs that is, before it is summed to the input's shape. */
  readonly sources: readonly number[];
}

/** native/jit/: present in builds against a libtorch with CUDA. */
export interface Pointwise {
  /** A kernel and that of its gradients, if any is wanted; compiled when they first run. */
  create(forward: PointwiseKernel, backward: PointwiseBackward | undefined): PointwiseRef;
  /** On the inputs' GPU; gradients are recorded when there is a backward kernel. */
  run(
    kernels: PointwiseRef,
    inputs: readonly number[],
    scalars: readonly number[],
  ): readonly number[];
}
