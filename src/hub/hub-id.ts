// Names of models on the Hugging Face Hub, which look like paths of folders: "gpt2", "Qwen/Qwen3-0.6B".
import fs from "node:fs";
import { basename, dirname } from "node:path";
import { aPath, type Check, kind } from "../arguments/checks.js";
import { nearest } from "../arguments/nearest.js";

const PART = String.raw`\w(?:[\w.-]*\w)?`;
const HUB_ID = new RegExp(`^(?:${PART}/)?${PART}$`);
const COMMIT = /^[0-9a-f]{40}$/;

/** Whether the Hub may have a model of this name. */
export function isHubId(source: string): boolean {
  return source.length <= 96 && HUB_ID.test(source) && !/--|\.\.|\.(?:git|gguf)$/.test(source);
}

/** What a model may be named by. */
export const aSource: Check<string> = {
  ...aPath,
  expects: "a folder's path or a model's name on the Hub",
};

/** Of a branch, a tag or a commit; it becomes a part of a path. */
export const aRevision: Check<string> = kind(
  'the name of a branch or tag, such as "main", or a commit',
  (value) => typeof value === "string" && /^[\w.][\w./-]*$/.test(value) && !isUnsafe(value),
);

/** Whether a revision is a commit, which never changes. */
export function isCommit(revision: string): boolean {
  return COMMIT.test(revision);
}

/** What to say of a folder that is not there: whether one beside it has nearly its name. */
export function missingFolder(source: string): string {
  const [near] = nearest(basename(source), foldersIn(dirname(source)));
  const hint = near === undefined ? "" : `; did you mean the folder ${near}?`;
  return `no folder of this name here${hint}`;
}

function foldersIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function isUnsafe(revision: string): boolean {
  return revision.split("/").some((part) => part === "" || part === "." || part === "..");
}
