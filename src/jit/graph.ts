// A pointwise computation as a graph of expressions. Equal expressions are one node, so that a derivative shares what the
// forward pass computes too. Node ids rise in the order of computation.

/** Types of elements that kernels read and write; they compute in float32. */
export const FLOAT_TYPES = ["float32", "bfloat16", "float16"] as const;
export type FloatType = (typeof FLOAT_TYPES)[number];

export type NodeId = number;

interface Value {
  /** Type of the result; undefined for numbers, which take the type of what they meet. */
  readonly dtype: FloatType | undefined;
  /** Of a tensor without dimensions: gives way to the type of tensors that have some. */
  readonly isZeroDim: boolean;
}

export type GraphNode = Value &
  (
    | { readonly kind: "input"; readonly index: number }
    /** A number of the caller, passed at run time: `slot` in `Graph.scalars`. */
    | { readonly kind: "scalar"; readonly slot: number }
    /** A number of the formula, written into the code. */
    | { readonly kind: "literal"; readonly value: number }
    | { readonly kind: "operation"; readonly name: string; readonly args: readonly NodeId[] }
  );

const NUMBER = { dtype: undefined, isZeroDim: true } as const;

export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly scalars: number[] = [];
  readonly #known = new Map<string, NodeId>();
  #numInputs = 0;

  /** What makes two graphs the same computation on other tensors and numbers. */
  get key(): string {
    return [...this.#known.keys()].join(";");
  }

  input(dtype: FloatType, isZeroDim: boolean): NodeId {
    const index = this.#numInputs++;
    const key = `in${index}:${dtype}${isZeroDim ? ":0" : ""}`;
    return this.#add(key, { kind: "input", index, dtype, isZeroDim });
  }
  scalar(value: number): NodeId {
    const slot = this.scalars.push(value) - 1;
    return this.#add(`s${slot}`, { kind: "scalar", slot, ...NUMBER });
  }
  literal(value: number): NodeId {
    return this.#add(`${value}`, { kind: "literal", value, ...NUMBER });
  }
  /** An operation of operations.ts. */
  apply(name: string, ...args: readonly NodeId[]): NodeId {
    const value = promote(args.map((id) => this.node(id)));
    return this.#add(`${name}(${args})`, { kind: "operation", name, args, ...value });
  }
  /** Rounds to a type; the rest of the computation goes on in float32 as before. */
  cast(id: NodeId, dtype: FloatType): NodeId {
    const { isZeroDim } = this.node(id);
    const node = { kind: "operation", name: dtype, args: [id], dtype, isZeroDim } as const;
    return this.#add(`${dtype}(${id})`, node);
  }

  add(a: NodeId, b: NodeId): NodeId {
    return this.apply("add", a, b);
  }
  sub(a: NodeId, b: NodeId): NodeId {
    return this.apply("sub", a, b);
  }
  mul(...factors: readonly [NodeId, NodeId, ...NodeId[]]): NodeId {
    return factors.reduce((a, b) => this.apply("mul", a, b));
  }
  div(a: NodeId, b: NodeId): NodeId {
    return this.apply("div", a, b);
  }
  neg(a: NodeId): NodeId {
    return this.apply("neg", a);
  }

  node(id: NodeId): GraphNode {
    return this.nodes[id] as GraphNode;
  }

  /** Every node that some of `roots` needs, they included, in the order of computation. */
  needed(roots: readonly NodeId[]): NodeId[] {
    const found = new Set<NodeId>();
    const visit = (id: NodeId): void => {
      if (found.has(id)) return;
      found.add(id);
      const node = this.node(id);
      if (node.kind === "operation") node.args.forEach(visit);
    };
    roots.forEach(visit);
    return [...found].sort((a, b) => a - b);
  }

  #add(key: string, node: GraphNode): NodeId {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.nodes.push(node) - 1;
    this.#known.set(key, id);
    return id;
  }
}

/** PyTorch's type promotion among floating-point tensors and numbers. */
function promote(values: readonly Value[]): Value {
  const typed = values.filter(({ dtype }) => dtype !== undefined);
  const wide = typed.filter(({ isZeroDim }) => !isZeroDim);
  const types = new Set((wide.length > 0 ? wide : typed).map(({ dtype }) => dtype));
  const dtype = types.size > 1 ? "float32" : [...types][0];
  return { dtype, isZeroDim: wide.length === 0 };
}
