// A family's configuration as one table: the name of each field here and in `config.json`, what it may be, and what stands for it
// where it is left out. The options of a constructor and the files are read by the same table, and files are written by it.
import { type Check, nullable, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { describeJson, type Fields, required, type Schema } from "../files/check-fields.js";
import type { StrictJson } from "../files/strict-json.js";
import { BYSTANDERS, NOT_IMPLEMENTED } from "./config-checks.js";
import { type ConfigFile, checkConfig } from "./config-file.js";

/** One field of a configuration `C`. */
export interface ConfigField<C, T> {
  /** Its name in `config.json`; null: it is not written, and follows from the others. */
  readonly stored: string | null;
  /** Another name that transformers takes for it in a file. */
  readonly alsoStored?: string;
  readonly check: Check<T>;
  /** What stands for it where it is left out, from the fields above it. Without a default it must be given. */
  readonly default?: (above: C) => T;
  /** What transformers takes where a file says nothing, if that is not the default. */
  readonly absent?: T;
  /** In a file null stands for the default. */
  readonly mayBeNull?: boolean;
  /** Other words for a value in a file. */
  readonly aliases?: Readonly<Record<string, T & string>>;
}

/** Fields that a file says together, in a form of its own. */
export interface ConfigPart<Part> {
  readonly options: OptionTable<Part>;
  readonly defaults: Part;
  readonly schema: Schema;
  /** @throws CheckpointError */
  read(fields: Fields<Schema>, path: string): Part;
  write(config: Part): Record<string, unknown>;
  /** These fields with others in their place, and what follows from those. Default: no more than that. */
  replaced?(fields: Part, others: Partial<Part>): Part;
}

type FieldTable<C, Elsewhere> = {
  readonly [K in Exclude<keyof C, Elsewhere>]: ConfigField<C, C[K]>;
};

interface Family<C extends Part, Part> {
  readonly modelType: string;
  /** The class that transformers reads the file with. */
  readonly architecture: string;
  readonly fields: FieldTable<C, keyof Part>;
  readonly part?: ConfigPart<Part>;
  /** Fields of a file that are checked and not kept; those that no family implements are among them already. */
  readonly others?: Schema;
  /** Written as they are. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** What is wrong between fields, in words; `name` gives a field's name as the user wrote it. */
  problem?(config: C, name: (field: keyof C & string) => string): string | undefined;
}

/** Reads and writes the configurations of one family. */
export class ConfigTable<C extends object & Part, Part = unknown> {
  readonly #family: Family<C, Part>;
  readonly #fields: readonly [name: keyof C & string, field: ConfigField<C, unknown>][];
  readonly #schema: Schema;
  readonly #options: OptionTable<C>;

  constructor(family: Family<C, Part>) {
    this.#family = family;
    this.#fields = Object.entries(family.fields) as [keyof C & string, ConfigField<C, unknown>][];
    const stored = this.#fields.flatMap(([, field]) =>
      field.stored === null ? [] : [[field.stored, storedCheck(field)] as const],
    );
    this.#schema = {
      ...BYSTANDERS,
      ...NOT_IMPLEMENTED,
      model_type: required(oneOf(family.modelType)),
      ...family.others,
      ...family.part?.schema,
      ...Object.fromEntries(stored),
    };
    const checks = this.#fields.map(([name, { check }]) => [name, check]);
    this.#options = { ...Object.fromEntries(checks), ...family.part?.options } as OptionTable<C>;
  }

  /**
   * The configuration that the options of a constructor describe.
   * @param of the constructor as the user calls it: "new LlamaForCausalLM"
   * @throws TypeError or RangeError naming the option, what it is and what it may be
   */
  fromOptions(of: string, options: Partial<C>): C {
    checkOptions(of, options, this.#options as OptionTable<Partial<C>>);
    for (const [name, field] of this.#fields)
      if (field.default === undefined) requireValue(`${of}: ${name}`, options[name], field.check);
    const begin = { ...this.#family.part?.defaults } as Partial<C>;
    return this.#checked(of, this.#fill(this.#replaced(begin, given(options))));
  }

  /** What the fields may be, by their names here. */
  get options(): OptionTable<C> {
    return this.#options;
  }

  /**
   * `config` with other values of some fields; what it says of the rest stays, also where it followed from those.
   * @param others checked already, by `options`
   * @throws RangeError when fields are not possible together
   */
  replaced(of: string, config: C, others: Partial<C>): C {
    return this.#checked(of, this.#replaced(config, given(others)) as C);
  }

  #replaced(config: Partial<C>, others: Partial<C>): Partial<C> {
    const part = this.#family.part?.replaced?.(config as C, others);
    return { ...config, ...others, ...part };
  }

  #checked(of: string, config: C): C {
    const problem = this.#family.problem?.(config, (name) => name);
    if (problem !== undefined) throw new RangeError(`${of}: ${problem}`);
    return config;
  }

  /**
   * The configuration that a `config.json` describes, defaults being transformers'.
   * @throws CheckpointError naming the field that is absent, wrong, contradicted by another or not implemented
   */
  fromFile(file: ConfigFile): C {
    const { path } = file;
    const fields = checkConfig({ path, fields: this.#withOwnNames(file) }, this.#schema);
    const stated = this.#fields.flatMap(([name, field]) => {
      const value = valueIn(fields as Readonly<Record<string, unknown>>, field);
      return value === undefined ? [] : [[name, value]];
    });
    const part = this.#family.part?.read(fields as Fields<Schema>, path);
    const config = this.#fill({ ...part, ...Object.fromEntries(stated) } as Partial<C>);
    const problem = this.#family.problem?.(config, (name) => `"${this.#storedName(name)}"`);
    if (problem !== undefined) throw new CheckpointError(problem, { path });
    return config;
  }

  /** The `config.json` that transformers reads back as the same model. */
  toJson(config: C, dtype: string): Record<string, unknown> {
    const { architecture, modelType, constants, part } = this.#family;
    const stored = this.#fields.flatMap(([name, field]) =>
      field.stored === null ? [] : [[field.stored, config[name]]],
    );
    return {
      architectures: [architecture],
      model_type: modelType,
      ...Object.fromEntries(stored),
      ...part?.write(config),
      ...constants,
      use_cache: true,
      dtype,
      torch_dtype: dtype,
    };
  }

  #fill(stated: Partial<C>): C {
    const config = { ...stated };
    for (const [name, field] of this.#fields)
      if (config[name] === undefined) config[name] = field.default?.(config as C) as C[typeof name];
    return config as C;
  }

  #storedName(name: keyof C & string): string {
    return this.#fields.find(([each]) => each === name)?.[1].stored ?? name;
  }

  /** @throws CheckpointError when a field is said twice, by two names, and differently */
  #withOwnNames({ path, fields }: ConfigFile): ConfigFile["fields"] {
    const renamed = new Map(fields);
    for (const [, { stored: own, alsoStored: other }] of this.#fields) {
      const value = other === undefined ? undefined : fields.get(other);
      if (own === null || other === undefined || value === undefined) continue;
      requireSame([other, value], [own, fields.get(own) ?? value], path);
      renamed.set(own, value);
      renamed.delete(other);
    }
    return renamed;
  }
}

/** Without the options that are undefined, which count as left out. */
function given<C extends object>(options: Partial<C>): Partial<C> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<C>;
}

function storedCheck(field: ConfigField<never, unknown>): Schema[string] {
  const { aliases, default: standsIn, mayBeNull = false } = field;
  const check = aliases === undefined ? field.check : orAlias(field.check, aliases);
  if (standsIn === undefined && field.absent === undefined) return required(check);
  return mayBeNull ? nullable(check) : check;
}

function orAlias(check: Check, aliases: Readonly<Record<string, unknown>>): Check {
  const words = Object.keys(aliases).map((word) => JSON.stringify(word));
  return {
    expects: `${check.expects} or ${words.join(" or ")}`,
    isKind: (value) => check.isKind(value),
    accepts: (value): value is unknown =>
      check.accepts(value) || (typeof value === "string" && Object.hasOwn(aliases, value)),
  };
}

/** What a file says of a field; undefined: nothing. */
function valueIn(
  fields: Readonly<Record<string, unknown>>,
  { stored, aliases, absent, mayBeNull = false }: ConfigField<never, unknown>,
): unknown {
  const value = stored === null ? undefined : fields[stored];
  if (value === undefined) return absent;
  if (value === null && mayBeNull) return undefined;
  return (typeof value === "string" ? aliases?.[value] : undefined) ?? value;
}

function requireSame(
  [other, value]: readonly [string, StrictJson],
  [own, stated]: readonly [string, StrictJson],
  path: string,
): void {
  if (stated === value) return;
  throw new CheckpointError(
    `"${other}" and "${own}" mean the same and contradict each other: ${describeJson(value)} and ${describeJson(stated)}`,
    { path },
  );
}
