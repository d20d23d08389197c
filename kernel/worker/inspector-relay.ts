// The kernel's debugger in a worker: Chrome DevTools Protocol from a pipe to a session of the main thread and back. It
// runs in the interrupter's thread, so it works while the main thread is paused. Idle until the first command comes.

import { Session } from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { LISTENING } from "../link/pipes.js";

interface Command {
  readonly id: number;
  readonly method: string;
  readonly params: object;
}

/** Events the kernel needs; others stay here. */
const EVENTS = new Set(["Debugger.paused", "Debugger.resumed"]);

export class InspectorRelay {
  readonly #pipe: Socket;
  #session: Session | undefined;
  #isPaused: boolean = false;

  /** `fd` is a pipe to the kernel. */
  constructor(fd: number) {
    this.#pipe = new Socket({ fd });
    const lines = createInterface({ input: this.#pipe });
    // the kernel is gone, which the interrupter notices too
    for (const source of [this.#pipe, lines]) source.on("error", () => undefined);
    lines.on("line", (line) => {
      const { id, method, params } = JSON.parse(line) as Command;
      this.#connected().post(method, params, (failure: Error | null, result?: object) =>
        this.#write(failure === null ? { id, result } : { id, error: failure.message }),
      );
    });
    this.#write(LISTENING);
  }

  /** Ends paused code, or lets it run on, without further stops. */
  release(isEnding: boolean): void {
    this.#session?.post("Debugger.setSkipAllPauses", { skip: true });
    if (this.#isPaused) this.#session?.post("Debugger.resume", { terminateOnResume: isEnding });
  }

  #connected(): Session {
    if (this.#session !== undefined) return this.#session;
    const session = new Session();
    session.connectToMainThread();
    session.on("inspectorNotification", ({ method, params }) =>
      this.#notice(method, params as object),
    );
    this.#session = session;
    return session;
  }

  #notice(method: string, params: object): void {
    if (method === "Debugger.paused") this.#isPaused = true;
    if (method === "Debugger.resumed") this.#isPaused = false;
    if (EVENTS.has(method)) this.#write({ method, params });
    else if (method === "Debugger.scriptParsed") this.#parsed(method, params);
  }

  #parsed(method: string, params: object): void {
    const { scriptId, url } = params as { scriptId: string; url: string };
    if (/^(cell|file):/.test(url)) this.#write({ method, params: { scriptId, url } });
  }

  #write(message: object): void {
    this.#pipe.write(`${JSON.stringify(message)}\n`);
  }
}
