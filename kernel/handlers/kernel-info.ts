// kernel_info_request: who we are, answered before anything slow is loaded.

import { createRequire } from "node:module";
import { PROTOCOL_VERSION } from "../wire/message.js";
import type { Handler } from "./request.js";

const require = createRequire(import.meta.url);
const { version } = require("notebooster/package.json") as { version: string };
const typescript = require("typescript/package.json") as { version: string };

export const kernelInfo: Handler = () =>
  Promise.resolve({
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "notebooster",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `Notebooster ${version}: TypeScript ${typescript.version} on Node ${process.versions.node}`,
    help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
    debugger: true,
    supported_features: ["debugger", "kernel subshells"],
  });
