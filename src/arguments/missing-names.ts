// What an object answers for names that it lacks, where JavaScript would say `undefined` or take any value. The answers
// stand at the end of the prototypes, which are asked for nothing that the object has: they cost nothing.

/** What to say of a name, or undefined where JavaScript's own answer will do. */
export interface MissingNames {
  /** Of reading it. */
  readonly read: (name: string) => string | undefined;
  /** Of writing to it. */
  readonly write: (name: string) => string | undefined;
}

/** Makes a class's objects refuse names; `prototype` is the class's own. */
export function answerForMissing(prototype: object, { read, write }: MissingNames): void {
  const refuse = (name: string | symbol, answer: MissingNames["read"]): void => {
    const refusal = typeof name === "string" ? answer(name) : undefined;
    if (refusal !== undefined) throw new TypeError(refusal);
  };
  const handler: ProxyHandler<object> = {
    get(target, name, receiver) {
      if (!(name in target)) refuse(name, read);
      return Reflect.get(target, name, receiver);
    },
    set(target, name, value, receiver) {
      if (receiver !== prototype) refuse(name, write);
      return Reflect.set(target, name, value, receiver);
    },
  };
  Object.setPrototypeOf(prototype, new Proxy(Object.create(Object.prototype), handler));
}
