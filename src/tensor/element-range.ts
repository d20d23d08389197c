// Elements of tensors, counted in row-major order.

/** Elements one after the other, `end` not among them. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** How many elements a tensor of this shape has. */
export function numElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
