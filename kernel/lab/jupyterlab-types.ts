// The parts of JupyterLab that the extension touches, as types: JupyterLab's own packages would bring hundreds of
// megabytes to compile against. The objects themselves come from the running JupyterLab.

export interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): boolean;
  disconnect(slot: (sender: Sender, args: Args) => void): boolean;
}

/** A Lumino widget. */
export interface Widget {
  readonly node: HTMLElement;
  readonly disposed: Signal<Widget, void>;
  addClass(name: string): void;
  readonly isDisposed: boolean;
  dispose(): void;
}

export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>;
  /** Replaces the data in the notebook. */
  setData(options: { data: Record<string, unknown> }): void;
}

export interface Renderer extends Widget {
  renderModel(model: MimeModel): Promise<void>;
}

export interface RendererFactory {
  /** True when what it renders runs no code of the model, so that an untrusted notebook may show it. */
  readonly safe: boolean;
  readonly mimeTypes: readonly string[];
  /** The lowest rank that fits a bundle wins; images have 90. */
  readonly defaultRank: number;
  createRenderer(options: { mimeType: string }): Renderer;
}

export interface RenderMimeRegistry {
  /** Takes the place of another factory for the same types. */
  addFactory(factory: RendererFactory): void;
  getFactory(mimeType: string): RendererFactory | undefined;
  createRenderer(mimeType: string): Renderer;
  createModel(options: { data: Record<string, unknown> }): MimeModel;
}

export interface CommMessage {
  readonly content: { readonly data: Record<string, unknown> };
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

export interface Future {
  readonly done: Promise<unknown>;
}

export interface Comm {
  readonly isDisposed: boolean;
  onMsg: (message: CommMessage) => void;
  onClose: (message: CommMessage) => void;
  open(data: Record<string, unknown>): Future;
  send(data: Record<string, unknown>): Future;
  close(): Future;
}

export interface KernelConnection {
  readonly handleComms: boolean;
  readonly connectionStatus: "connecting" | "connected" | "disconnected";
  readonly status: string;
  createComm(target: string): Comm;
}

export interface SessionContext {
  /** Resolves once there is a kernel, or the person wants none. */
  readonly ready: Promise<void>;
  readonly session: { readonly kernel: KernelConnection | null } | null;
  readonly kernelChanged: Signal<SessionContext, unknown>;
  readonly statusChanged: Signal<SessionContext, unknown>;
  readonly connectionStatusChanged: Signal<SessionContext, unknown>;
}

export interface NotebookPanel {
  readonly context: { readonly model: { getMetadata(name: string): unknown } };
  readonly content: { readonly rendermime: RenderMimeRegistry };
  readonly sessionContext: SessionContext;
}

export interface NotebookTracker {
  readonly widgetAdded: Signal<NotebookTracker, NotebookPanel>;
  forEach(visit: (panel: NotebookPanel) => void): void;
}

/** The modules the extension takes from JupyterLab. */
export interface SharedModules {
  readonly notebook: { readonly INotebookTracker: unknown };
  readonly rendermime: { readonly IRenderMimeRegistry: unknown };
  readonly widgets: {
    readonly Widget: new (options: { node: HTMLElement }) => Widget;
    readonly Panel: new () => Widget & { addWidget(widget: Widget): void };
  };
}

export interface Plugin {
  readonly id: string;
  readonly description: string;
  readonly autoStart: boolean;
  readonly requires: readonly unknown[];
  activate(app: unknown, ...services: unknown[]): void;
}
