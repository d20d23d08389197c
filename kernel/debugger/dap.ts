// The parts of the Debug Adapter Protocol that the debugger speaks, with Jupyter's additions (dumpCell, debugInfo,
// inspectVariables, richInspectVariables, copyToGlobals). Sources: microsoft.github.io/debug-adapter-protocol and
// jupyter_client docs/messaging.rst.

export type DapBody = Record<string, unknown>;

/** Does one request; what it returns is the body of the answer. */
export type Command = (args: DapBody) => Promise<DapBody> | DapBody;

export interface DapRequest {
  readonly seq: number;
  readonly command: string;
  readonly arguments: DapBody;
}

export interface DapEvent {
  readonly type: "event";
  readonly seq: number;
  readonly event: string;
  readonly body: DapBody;
}

export interface DapSource {
  readonly name: string;
  readonly path: string;
}

export interface DapVariable {
  readonly name: string;
  readonly value: string;
  readonly evaluateName?: string;
  /** 0 for a value without parts. */
  readonly variablesReference: number;
}

/** A request that cannot be done; its message is the answer's. */
export class DebugError extends Error {
  override readonly name = "DebugError";
}
