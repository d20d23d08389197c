// The addon's functions for fused pointwise kernels, native/jit/: `native.pointwise`. Tensors are handles.
export type PointwiseRef = { readonly pointwise: unique symbol };

/** native/jit/: present in builds against a libtorch with CUDA. */
export interface Pointwise {
  /**
   * A kernel and that of its gradients, if any is wanted; compiled when they first run.
   * @param reads inputs the backward kernel is given before the outputs' gradients
   * @param targets inputs that get a gradient
   * @param sources which of its outputs that is, before it is summed to the input's shape
   */
  create(
    source: string,
    outputTypes: readonly string[],
    backwardSource: string | undefined,
    gradientTypes: readonly string[],
    reads: readonly number[],
    targets: readonly number[],
    sources: readonly number[],
  ): PointwiseRef;
  /** On the inputs' GPU; gradients are recorded when there is a backward kernel. */
  run(
    kernels: PointwiseRef,
    inputs: readonly number[],
    scalars: readonly number[],
  ): readonly number[];
}
