// The module-federation container that JupyterLab loads first: `init` receives the modules JupyterLab shares, `get`
// gives the extension. Written by hand (the contract is webpack's, https://webpack.js.org/concepts/module-federation),
// because the usual builder costs hundreds of megabytes.

import type { Plugin, SharedModules } from "./jupyterlab-types.js";

/** name -> version -> how to get the module; more than one version when extensions bring their own. */
type ShareScope = Record<string, Record<string, SharedVersion>>;

interface SharedVersion {
  readonly loaded?: unknown;
  get(): Promise<() => unknown> | (() => unknown);
}

interface ExtensionModule {
  createPlugins(shared: SharedModules): Plugin[];
}

/** File name of the extension proper, filled in by the build. */
declare const EXTENSION_FILE: string;
declare global {
  interface Window {
    _JUPYTERLAB: Record<string, unknown>;
  }
}

const base = (document.currentScript as HTMLScriptElement).src;
let scope: ShareScope = {};

const container = {
  init(shareScope: ShareScope): void {
    scope = shareScope;
  },

  async get(): Promise<() => unknown> {
    const url = new URL(EXTENSION_FILE, base).href;
    const [{ createPlugins }, notebook, rendermime, widgets] = await Promise.all([
      import(url) as Promise<ExtensionModule>,
      shared("@jupyterlab/notebook"),
      shared("@jupyterlab/rendermime"),
      shared("@lumino/widgets"),
    ]);
    const plugins = createPlugins({ notebook, rendermime, widgets } as SharedModules);
    return () => ({ __esModule: true, default: plugins });
  },
};

window._JUPYTERLAB ??= {};
window._JUPYTERLAB["notebooster-lab"] = container;

/** The version JupyterLab itself uses: one that is loaded, else the newest. */
async function shared(name: string): Promise<unknown> {
  const versions = Object.entries(scope[name] ?? {}).sort(([a], [b]) => compareVersions(b, a));
  const chosen = versions.find(([, version]) => version.loaded) ?? versions[0];
  if (!chosen) throw new Error(`JupyterLab shares no module ${name}; JupyterLab 4 is needed`);
  const factory = await chosen[1].get();
  return factory();
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
