// A control in the notebook and its model here: properties travel both ways as they change. It opens when it is first
// shown; without a front end, or on a rank other than 0, it is an object with properties.
// Source: ipywidgets packages/schema/messages.md, protocol 2.1.

import { randomUUID } from "node:crypto";
import { snakeCase } from "../arguments/cases.js";
import { callback, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { unknownOption } from "../arguments/options.js";
import { currentHost, type HostComm } from "../host/index.js";
import { stillHtml, stillText } from "../report/index.js";
import { type Path, putBuffers, takeBuffers } from "./buffers.js";

export const TARGET = "jupyter.widget";
const PROTOCOL_VERSION = "2.1.0";
const VIEW = "application/vnd.jupyter.widget-view+json";
const REFERENCE = "IPY_MODEL_";
/** Changes closer together than this go out as one message: the server drops what comes too fast. */
const GATHER_MS = 50;

/** What the front end builds a control from. */
export interface Model {
  readonly module: string;
  readonly version: string;
  readonly model: string;
  readonly view: string;
  readonly viewModule?: string;
}

/** Called with the new value and the one before. */
export type Listener<T> = (value: T, previous: T) => void;
type ValueOf<P> = P extends { value: infer V } ? V : unknown;

interface Message {
  readonly method?: string;
  readonly state?: Record<string, unknown>;
  readonly buffer_paths?: readonly Path[];
  readonly content?: unknown;
}

const open = new Map<string, Widget<object>>();

/** Widgets that the front end knows, by id. */
export function openWidgets(): ReadonlyMap<string, Widget<object>> {
  return open;
}

/** `P` are its properties, in camel case. */
export abstract class Widget<P extends object> {
  /** Names it in the front end. */
  readonly modelId = randomUUID();
  readonly #model: Model;
  readonly #values: Map<string, unknown>;
  readonly #listeners = new Map<string, Set<Listener<unknown>>>();
  readonly #changed = new Set<string>();
  #comm: HostComm | undefined;
  #lastSent = 0;
  #timer: NodeJS.Timeout | undefined;

  protected constructor(model: Model, values: P) {
    this.#model = model;
    this.#values = new Map(Object.entries(values));
  }

  /** Calls `listener` whenever the property changes, here or in the page; returns what stops it. */
  observe<K extends keyof P & string>(name: K, listener: Listener<P[K]>): () => void {
    if (typeof name !== "string") {
      throw new TypeError(
        `${this.#name}.observe: name must be text, got ${describeValue(name)}; it comes first: observe("value", listener)`,
      );
    }
    if (!this.#values.has(name))
      throw new TypeError(unknownOption(this.#name, name, [...this.#values.keys()]));
    requireValue(`${this.#name}.observe: listener`, listener, callback);
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener as Listener<unknown>));
    return () => listeners.delete(listener as Listener<unknown>);
  }

  /** Calls `listener` whenever the value changes, here or in the page; returns what stops it. */
  onChange(listener: Listener<ValueOf<P>>): () => void {
    return this.observe("value" as keyof P & string, listener as Listener<P[keyof P & string]>);
  }

  /** Removes the control from the page. */
  close(): void {
    this.#comm?.close();
    this.#comm = undefined;
    open.delete(this.modelId);
  }

  /** Makes the front end know it and everything it refers to. */
  open(): void {
    const host = currentHost();
    if (this.#comm !== undefined || host === undefined || host.rank !== 0) return;
    for (const child of [...this.#values.values()].flat())
      if (child instanceof Widget) child.open();
    const { json, paths, buffers } = takeBuffers(this.state());
    const data = { state: json, buffer_paths: paths };
    const options = { id: this.modelId, buffers, metadata: { version: PROTOCOL_VERSION } };
    this.#comm = host.comms.open(TARGET, data, options);
    this.#comm.onMessage((message, parts) => this.#receive(message as Message, parts));
    this.#changed.clear();
    open.set(this.modelId, this as unknown as Widget<object>);
  }

  /** Everything that the front end needs to build it. */
  state(): Record<string, unknown> {
    const { module, version, model, view, viewModule = module } = this.#model;
    return {
      _model_module: module,
      _model_module_version: version,
      _model_name: model,
      _view_module: viewModule,
      _view_module_version: version,
      _view_name: view,
      ...this.#wire(this.#values.keys()),
    };
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    this.open();
    if (this.#comm === undefined) {
      return isShownElsewhere() ? {} : { "text/plain": this.toString() };
    }
    const states = (id: string) => open.get(id)?.state();
    return {
      "text/plain": stillText(this.modelId, states) || this.toString(),
      "text/html": stillHtml(this.modelId, states),
      [VIEW]: { version_major: 2, version_minor: 0, model_id: this.modelId },
    };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** The control as it stands, as text. */
  toString(): string {
    const value = this.#values.get("value") ?? this.#values.get("description") ?? "";
    const { json, buffers } = takeBuffers(value);
    return `${this.#name}(${value === "" || buffers.length > 0 ? "" : JSON.stringify(json)})`;
  }

  /** Value of a property. */
  protected get<K extends keyof P & string>(name: K): P[K] {
    return this.#values.get(name) as P[K];
  }

  /** Changes a property, here and in the page. */
  protected set<K extends keyof P & string>(name: K, value: P[K]): void {
    if (!this.#store(name, value)) return;
    if (this.#comm === undefined) return;
    for (const child of [value].flat()) if (child instanceof Widget) child.open();
    this.#changed.add(name);
    this.#sendSoon();
  }

  /** Takes a message of the page that is no property, such as a click. */
  protected receive(_content: unknown): void {
    // most controls send none
  }

  get #name(): string {
    return this.constructor.name || this.#model.model;
  }

  #store(name: string, value: unknown): boolean {
    const previous = this.#values.get(name);
    if (Object.is(previous, value)) return false;
    this.#values.set(name, value);
    for (const listener of this.#listeners.get(name) ?? []) listener(value, previous);
    return true;
  }

  #receive(message: Message, buffers: Uint8Array[]): void {
    if (message.method === "update") this.#update(message, buffers);
    else if (message.method === "request_state") this.#sendState(this.state());
    else if (message.method === "custom") this.receive(message.content);
  }

  #update({ state = {}, buffer_paths = [] }: Message, buffers: Uint8Array[]): void {
    putBuffers(state, buffer_paths, buffers);
    for (const [key, value] of Object.entries(state)) {
      const name = camelCase(key);
      if (this.#values.has(name)) this.#store(name, fromWire(value));
    }
  }

  /** At once, also from code that blocks, unless the last change went out just now. */
  #sendSoon(): void {
    const wait = this.#lastSent + GATHER_MS - performance.now();
    if (wait <= 0) this.#sendChanges();
    else this.#timer ??= setTimeout(() => this.#sendChanges(), wait).unref();
  }

  #sendChanges(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastSent = performance.now();
    this.#sendState(this.#wire(this.#changed));
    this.#changed.clear();
  }

  #sendState(state: Record<string, unknown>): void {
    const { json, paths, buffers } = takeBuffers(state);
    this.#comm?.send({ method: "update", state: json, buffer_paths: paths }, buffers);
  }

  #wire(names: Iterable<string>): Record<string, unknown> {
    const entries = [...names].map((name) => [snakeCase(name), toWire(this.#values.get(name))]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  }
}

/** Ranks other than 0 leave the showing to rank 0. */
function isShownElsewhere(): boolean {
  return (currentHost()?.rank ?? 0) > 0;
}

function toWire(value: unknown): unknown {
  if (value instanceof Widget) return REFERENCE + value.modelId;
  return Array.isArray(value) ? value.map(toWire) : (value ?? null);
}

function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== "string" || !value.startsWith(REFERENCE)) return value;
  return open.get(value.slice(REFERENCE.length)) ?? value;
}

/** A leading underscore stays: `_options_labels` is `_optionsLabels`. */
function camelCase(name: string): string {
  return name.replace(/(?<=.)_(.)/g, (_all, letter: string) => letter.toUpperCase());
}
