// A cell's name on any object, invisible to the code of cells: a private field put on from outside.

const Given = function given(object: object): object {
  return object;
} as unknown as new (
  object: object,
) => object;

/** Its constructor adds its private field to the object it is given instead of making one. */
class Tag extends Given {
  #cell: string;

  constructor(object: object, cell: string) {
    super(object);
    this.#cell = cell;
  }

  static set(object: object, cell: string): void {
    if (#cell in object) object.#cell = cell;
    else new Tag(object, cell);
  }

  static get(object: object): string | undefined {
    return #cell in object ? object.#cell : undefined;
  }
}

/** Notes that `object` belongs to `cell`, in place of what was noted before. */
export function tagWithCell(object: object, cell: string): void {
  Tag.set(object, cell);
}

/** The cell that `object` belongs to, if any. */
export function cellOf(object: object): string | undefined {
  return Tag.get(object);
}
