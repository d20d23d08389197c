// What the tests of a file stand on: Chromium, and a JupyterLab over a folder of notebooks.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { EXPOSED, type LabServer, NO_KERNELS, startLab } from "./lab-server.js";
import { NotebookPage, type Prepare, startBrowser } from "./notebook-page.js";

/** Folder of the screenshots. */
export const pictures = fileURLToPath(new URL("../output", import.meta.url));

interface LabOptions {
  /** Whether its kernels check types, as they do; false spares a thread in each where something else is looked at. */
  readonly types?: boolean;
}

export class LabUnderTest {
  readonly folder: string;
  readonly #options: LabOptions;
  #browser: Browser | undefined;
  #server: LabServer | undefined;
  /** JupyterLab on a page that one notebook after the other is opened in: loading it takes longer than most tests. */
  #page: Page | undefined;
  #isLeft: boolean = false;

  constructor(folder: string, options: LabOptions = {}) {
    this.folder = folder;
    this.#options = options;
  }

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error("the browser of this test was not started");
    return this.#browser;
  }

  get server(): LabServer {
    if (this.#server === undefined) throw new Error("the JupyterLab of this test was not started");
    return this.#server;
  }

  async start(): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    this.#browser = await startBrowser();
    const environment = this.#options.types === false ? { NOTEBOOSTER_CHECK: "off" } : {};
    this.#server = await startLab(this.folder, this.#state("own"), { extra: EXPOSED, environment });
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.[Symbol.asyncDispose]();
  }

  /**
   * Opens a notebook and waits for its kernel, in the page that the notebook before left when it was closed. `prepare` gets a page of
   * its own, which it sees while it is still empty.
   */
  async open(path: string, prepare?: Prepare): Promise<NotebookPage> {
    if (prepare !== undefined)
      return ready(await NotebookPage.open(this.browser, this.server, path, prepare));
    const left = await this.#takePage();
    const notebook = left
      ? await NotebookPage.openIn(left, path)
      : await NotebookPage.open(this.browser, this.server, path);
    return ready(this.#keepPage(notebook));
  }

  /** Opens a new notebook with the card of the launcher and waits for its kernel. */
  async openNew(): Promise<NotebookPage> {
    const left = await this.#takePage();
    return ready(this.#keepPage(await NotebookPage.openNew(this.browser, this.server, left)));
  }

  /** The page that was left; one that a test did not leave, since it failed, is closed. */
  async #takePage(): Promise<Page | undefined> {
    const page = this.#page;
    this.#page = undefined;
    if (page === undefined || this.#isLeft) return page;
    await page.context().close();
    return undefined;
  }

  #keepPage(notebook: NotebookPage): NotebookPage {
    this.#page = notebook.page;
    this.#isLeft = false;
    notebook.left = () => {
      this.#isLeft = true;
    };
    return notebook;
  }

  /** Ends all kernels, and with them what they know of notebooks. */
  async endKernels(): Promise<void> {
    const { url, token } = this.server;
    const headers = { Authorization: `token ${token}` };
    const answer = await fetch(`${url}/api/sessions`, { headers });
    for (const { id } of (await answer.json()) as { id: string }[])
      await fetch(`${url}/api/sessions/${id}`, { method: "DELETE", headers });
  }

  /**
   * Has `look` see a saved notebook in a JupyterLab without any kernel: in one that trusts the notebook, as that of its author
   * does, or in a stranger's.
   */
  async withoutKernel<T>(
    path: string,
    whose: "own" | "stranger's",
    look: (notebook: NotebookPage) => Promise<T>,
  ): Promise<T> {
    await using server = await startLab(this.folder, this.#state(whose), { extra: NO_KERNELS });
    const notebook = await NotebookPage.open(this.browser, server, path);
    await notebook.page.locator(".jp-Dialog button", { hasText: "No Kernel" }).click();
    const seen = await look(notebook);
    await notebook.close();
    return seen;
  }

  #state(whose: "own" | "stranger's"): string {
    return join(this.folder, whose === "own" ? ".jupyter-own" : ".jupyter-strange");
  }
}

/** A JupyterLab over `folder` and a browser, started before the tests of a file and ended after them. */
export function useLab(options: LabOptions = {}): LabUnderTest {
  const lab = new LabUnderTest(sharedFolder(), options);
  beforeAll(() => lab.start());
  afterAll(() => lab.stop());
  return lab;
}

async function ready(notebook: NotebookPage): Promise<NotebookPage> {
  await notebook.kernelIsIdle();
  return notebook;
}
