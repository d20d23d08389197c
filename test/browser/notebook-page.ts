// A notebook in JupyterLab as a person sees it: opened, run, looked at, in one theme or the other.

import { type Browser, chromium, type Locator, type Page, type WebSocket } from "playwright-core";
import type { LabServer } from "./lab-server.js";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium, headless, with a fresh profile. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}

export type Theme = "Light" | "Dark";
/** Sees a page while it is still empty. */
export type Prepare = (page: Page) => Promise<void>;

/** Until what is waited for is taken to be wrong: alone a page of JupyterLab loads in a few seconds, on a busy machine in thirty. */
const PATIENCE_MS = 90_000;

/** JupyterLab in a page. */
interface Exposed {
  readonly jupyterapp: {
    readonly commands: { execute(name: string, options: object): Promise<unknown> };
    readonly shell: { widgets(area: "main"): Iterable<{ dispose(): void }> };
    readonly serviceManager: { readonly sessions: { shutdownAll(): Promise<void> } };
  };
}

export class NotebookPage {
  readonly page: Page;
  /** What the page wrote to its console as errors. */
  readonly errors: string[] = [];
  /** How often a connection to a kernel ended, by the server's doing, the network's or the page's. */
  numDisconnections = 0;
  /** States that the kernel told, each as it arrived. */
  readonly kernelStates: string[] = [];
  /** Types of the messages sent to the kernel. */
  readonly sentTypes: string[] = [];
  /** How often the page asked whether JupyterLab is to be built anew, which takes a second. */
  numBuildChecks = 0;
  /** Takes the page back when the notebook is closed; undefined where the page ends with it. */
  left: (() => void) | undefined;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("request", (request) => {
      if (request.url().includes("/api/build")) this.numBuildChecks++;
    });
    page.on("websocket", (socket) => {
      if (socket.url().includes("/channels")) this.#watch(socket);
    });
  }

  #watch(socket: WebSocket): void {
    const find = (pattern: RegExp, payload: string | Buffer): string[] =>
      [pattern.exec(String(payload))?.[1]].filter((found) => found !== undefined);
    socket.on("close", () => this.numDisconnections++);
    socket.on("framereceived", ({ payload }) =>
      this.kernelStates.push(...find(/"execution_state": ?"(\w+)"/, payload)),
    );
    socket.on("framesent", ({ payload }) =>
      this.sentTypes.push(...find(/"msg_type": ?"(\w+)"/, payload)),
    );
  }

  /** Opens a notebook of the server. */
  static async open(
    browser: Browser,
    lab: LabServer,
    path: string,
    prepare?: Prepare,
  ): Promise<NotebookPage> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    const notebook = new NotebookPage(await context.newPage());
    await prepare?.(notebook.page);
    await notebook.page.goto(`${lab.url}/lab/tree/${path}?token=${lab.token}&reset`);
    await notebook.page.locator(".jp-NotebookPanel .jp-Notebook").waitFor();
    return notebook;
  }

  /** Opens a notebook in a page of JupyterLab that another one has left. */
  static async openIn(page: Page, path: string): Promise<NotebookPage> {
    const notebook = new NotebookPage(page);
    await page.evaluate(async (path) => {
      const { commands } = (globalThis as unknown as Exposed).jupyterapp;
      await commands.execute("docmanager:open", { path });
    }, path);
    await page.locator(".jp-NotebookPanel .jp-Notebook").waitFor();
    return notebook;
  }

  /** Opens a new notebook with the card of the launcher, in a page that another one has `left` if there is one. */
  static async openNew(browser: Browser, lab: LabServer, left?: Page): Promise<NotebookPage> {
    const size = { viewport: { width: 1400, height: 1000 } };
    const page = left ?? (await (await browser.newContext(size)).newPage());
    const notebook = new NotebookPage(page);
    if (left === undefined) await page.goto(`${lab.url}/lab?token=${lab.token}&reset`);
    await page
      .locator('.jp-LauncherCard[data-category="Notebook"]', { hasText: "Notebooster" })
      .click();
    await notebook.page.locator(".jp-NotebookPanel .jp-Notebook").waitFor();
    return notebook;
  }

  /** Outputs of training runs. */
  get runs(): Locator {
    return this.page.locator(".notebooster-run");
  }

  /** The badge of the run at `index` once it says `state`. */
  badge(index: number, state: string): Locator {
    return this.runs.nth(index).locator(`[data-state="${state}"]`);
  }

  /** An output that holds a text. */
  output(text: string | RegExp): Locator {
    return this.page.locator(".jp-OutputArea-output", { hasText: text }).last();
  }

  /** What JupyterLab's status bar says of the kernel. */
  get kernelState(): Locator {
    return this.page.locator("#jp-main-statusbar >> text=/\\| (Idle|Busy|Unknown)$/").first();
  }

  /** Waits until the notebook has a kernel that has nothing to do for a second: between two cells it is idle, too. */
  async kernelIsIdle(timeoutMs = 30_000): Promise<void> {
    const idle = this.page.locator("#jp-main-statusbar >> text=/\\| Idle$/").first();
    const end = Date.now() + timeoutMs;
    for (let stays = false; !stays; ) {
      await idle.waitFor({ timeout: Math.max(1, end - Date.now()) });
      stays = await idle.waitFor({ state: "hidden", timeout: 1000 }).then(
        () => false,
        () => true,
      );
    }
  }

  /** Chooses an entry of the main menu, such as `Run`, `Run All Cells`. */
  async choose(...labels: string[]): Promise<void> {
    const [menu, ...entries] = labels;
    await this.page.locator(`.lm-MenuBar-itemLabel >> text="${menu}"`).click();
    for (const [index, entry] of entries.entries()) {
      const item = this.page.locator(`.lm-Menu-itemLabel >> text="${entry}"`).last();
      if (index < entries.length - 1) await item.hover();
      else await item.click();
    }
  }

  /** Number of points drawn so far, 0 before the first drawing. */
  async numPoints(): Promise<number> {
    const plots = this.page.locator(".notebooster-run [data-points]");
    if ((await plots.count()) === 0) return 0;
    return Number(await plots.first().getAttribute("data-points"));
  }

  /** Waits until the first plot has more than `count` points and returns how many. */
  async waitForPoints(count: number, timeoutMs = 30_000): Promise<number> {
    await this.page.waitForFunction(
      (least) => {
        const plot = document.querySelector<HTMLElement>(".notebooster-run [data-points]");
        return Number(plot?.dataset["points"] ?? 0) > least;
      },
      count,
      { timeout: timeoutMs },
    );
    return this.numPoints();
  }

  /** Scrolls down until an output is there: JupyterLab draws only the cells near the visible ones. */
  async scrollTo(output: Locator): Promise<void> {
    for (let screens = 0; screens < 60 && (await output.count()) === 0; screens++) {
      await this.page.evaluate(() =>
        document.querySelector(".jp-WindowedPanel-outer")?.scrollBy(0, 400),
      );
      await this.page.waitForTimeout(250);
    }
    await output.scrollIntoViewIfNeeded();
  }

  /** Waits until the first run says that it has ended and its plot shows all of it. */
  async runHasEnded(timeoutMs = 30_000): Promise<void> {
    await this.badge(0, "finished").waitFor({ state: "attached", timeout: timeoutMs });
    await this.runs.first().locator('[data-points][aria-busy="false"]').waitFor();
  }

  /** Presses Tab, as often as a person would whose first press came before JupyterLab was ready; one of several is offered. */
  async suggestion(name: string): Promise<Locator> {
    const item = this.page.locator(".jp-Completer-match", { hasText: new RegExp(`^${name}$`) });
    for (let presses = 0; presses < 10 && !(await item.isVisible()); presses++) {
      await this.page.keyboard.press("Tab");
      await item.waitFor({ timeout: 2000 }).catch(() => undefined); // the next press asks again
    }
    return item;
  }

  /** Whether the first plot says that its run has ended. */
  async isFinished(): Promise<boolean> {
    return (await this.page.locator('.notebooster-run [data-state="finished"]').count()) > 0;
  }

  /** Whether a cell is running or waiting to run. */
  async isRunning(): Promise<boolean> {
    return (await this.page.locator('.jp-InputPrompt >> text="[*]:"').count()) > 0;
  }

  /** Changes the theme and waits until the first plot is drawn in it. */
  async setTheme(theme: Theme): Promise<void> {
    await this.choose("Settings", "Theme", `JupyterLab ${theme}`);
    const light = theme === "Light" ? "true" : "false";
    await this.page.locator(`body[data-jp-theme-light=${light}]`).waitFor({ state: "attached" });
    await this.page.waitForFunction(() => {
      const find = (part: string) => document.querySelector(`.notebooster-run ${part}`);
      const [plot, picture, title] = ["[data-points]", ".main-svg", ".annotation-text"].map(find);
      const rgb = (color: string) => color.match(/\d+/g)?.slice(0, 3).join();
      const meant = getComputedStyle(document.body).getPropertyValue("--jp-ui-font-color1");
      const isColoured = title && rgb(meant) && rgb(getComputedStyle(title).fill) === rgb(meant);
      return isColoured && picture?.clientWidth === plot?.clientWidth;
    });
  }

  /**
   * Saves and waits until the server has written the file and its checkpoint: JupyterLab ignores who saves before both are
   * there. The tab's mark of unsaved changes says less: while a run goes on its next output brings the mark back, perhaps
   * before anybody sees it gone.
   */
  async save(): Promise<void> {
    const answered = async (method: string, path: RegExp): Promise<void> => {
      const answer = await this.page.waitForResponse(
        (candidate) => candidate.request().method() === method && path.test(candidate.url()),
      );
      if (!answer.ok())
        throw new Error(`saving answered ${answer.status()}: ${await answer.text()}`);
    };
    await Promise.all([
      answered("PUT", /\/api\/contents\//),
      answered("POST", /\/api\/contents\/.*\/checkpoints/),
      this.choose("File", "Save Notebook"),
    ]);
  }

  /** Closes the page and all it keeps; where it is `left` to the next notebook, closes the notebook and ends its kernel. */
  async close(): Promise<void> {
    if (this.left === undefined) return this.page.context().close();
    for (const event of ["pageerror", "request", "websocket"] as const)
      this.page.removeAllListeners(event);
    await this.page.evaluate(async () => {
      const { shell, serviceManager } = (globalThis as unknown as Exposed).jupyterapp;
      for (const widget of [...shell.widgets("main")]) widget.dispose(); // does not ask whether to save
      await serviceManager.sessions.shutdownAll();
    });
    this.left();
  }

  /** Pictures of the first plot and of the page around it. */
  async screenshot(folder: string, name: string): Promise<void> {
    await this.runs.first().scrollIntoViewIfNeeded();
    await this.page.screenshot({ path: `${folder}/${name}.png` });
    await this.runs.first().screenshot({ path: `${folder}/${name}-plot.png` });
  }
}
