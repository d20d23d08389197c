// The names that every worker gives to cells (see worker/main.ts), as TypeScript declares them.

export const NOTEBOOK_GLOBALS = `
interface DisplayOptions {
  /** Outputs sharing an id can be replaced later with \`update: true\`. */
  readonly displayId?: string;
  readonly update?: boolean;
  readonly metadata?: Record<string, unknown>;
}

/** An output that can be replaced later. */
interface DisplayHandle {
  readonly displayId: string;
  /** Replaces the output, wherever in the notebook it is. */
  update(value: unknown, options?: DisplayOptions): void;
}

/** Takes text, or is the tag of a template. */
interface DisplayText {
  (text: string, options?: DisplayOptions): DisplayHandle;
  (parts: TemplateStringsArray, ...values: unknown[]): DisplayHandle;
}

interface Display {
  /**
   * Shows a value as it would look as a result, or a MIME bundle such as \`{ "text/html": "<b>hi</b>" }\`. The types of a bundle
   * are forms of one thing, of which a viewer shows one; Markdown or LaTeX beside a figure is shown as an output of its own.
   */
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  html: DisplayText;
  markdown: DisplayText;
  /** Shows a formula. */
  latex: DisplayText;
  svg: DisplayText;
  /** Shows a PNG, JPEG, GIF, WebP or SVG picture: a path relative to the working folder, or its bytes. */
  image(picture: string | URL | Uint8Array, options?: DisplayOptions): DisplayHandle;
  /** Shows rows (objects or arrays), an object of columns or a tensor as a table. */
  table(rows: object, options?: DisplayOptions): DisplayHandle;
  /** Shows a picture from its bytes or their base64 text. */
  png(png: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  jpeg(jpeg: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  /** Shows a value as a tree that opens and closes. */
  json(value: unknown, options?: DisplayOptions): DisplayHandle;
  /** Shows a Plotly figure: \`{ data, layout }\`. */
  plotly(figure: object, options?: DisplayOptions): DisplayHandle;
  /** Shows a Vega-Lite or Vega specification. */
  vega(specification: object, options?: DisplayOptions): DisplayHandle;
}

/** A channel to the front end. */
interface NotebookComm {
  readonly id: string;
  readonly target: string;
  onMessage(listener: (data: unknown, buffers: Uint8Array[]) => void): void;
  send(data: Record<string, unknown>, buffers?: readonly Uint8Array[]): void;
  close(data?: Record<string, unknown>): void;
}

/** Channels between cells and the front end. */
interface NotebookComms {
  /** Lets the front end open comms of \`target\`. */
  register(target: string, opener: (comm: NotebookComm, data: unknown, buffers: Uint8Array[]) => void): void;
  /** Opens a comm of \`target\` in the front end. */
  open(target: string, data?: Record<string, unknown>, buffers?: readonly Uint8Array[]): NotebookComm;
}

/** This worker among the notebook's workers, from 0. */
declare const rank: number;
/** Number of workers; \`%cluster N\` sets it. */
declare const worldSize: number;
/** Shows values and MIME bundles in the output of the running cell. */
declare const display: Display;
/**
 * Draws numbers as a curve, arrays of numbers as one each, an object of arrays as named ones: \`plot(losses)\`,
 * \`plot({ train, heldOut }, { title: "loss", x: "step" })\`. The handle's \`update\` takes the same.
 */
declare function plot(
  values: object,
  options?: { readonly title?: string; readonly labels?: readonly string[]; readonly x?: string; readonly y?: string },
): DisplayHandle;
/**
 * Tells how long a call of \`body\` takes: the mean of \`runs\` (7) runs of \`loops\` calls, by default as many as take 0.2 s. A promise
 * that it returns is awaited. \`%timeit CODE\` calls it.
 */
declare function timeit(
  body: () => unknown,
  options?: { readonly loops?: number; readonly runs?: number },
): Promise<void>;
/** Removes the outputs of the running cell; with \`wait\` only once the next one comes. */
declare function clearOutput(options?: { readonly wait?: boolean }): void;
declare const comms: NotebookComms;
declare const cluster: {
  /** Replaces the workers by \`numRanks\` fresh ones, as \`%cluster N\` does; what follows in the cell runs on those. */
  launch(options: { readonly numRanks: number }): Promise<void>;
};
/** Asks the person and waits for the answer; \`fallback\` stands for an empty one. */
declare function prompt(message?: string, fallback?: string): string;
/** Asks a question that y or yes agrees to. */
declare function confirm(message?: string): boolean;
/** Asks without showing what is typed. */
declare function password(message?: string): string;
/** Asks the person without blocking the cell's other work. */
declare function input(message?: string, options?: { readonly password?: boolean }): Promise<string>;
`;
