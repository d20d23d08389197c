// What the answers of the Hub that refuse something mean, and what to do about them.
import { HubError } from "./hub-error.js";
import type { HubSettings } from "./settings.js";

/** What was asked for. */
export interface Asked {
  readonly id: string;
  readonly revision: string;
  /** Undefined: the list of files. */
  readonly file?: string;
  readonly settings: HubSettings;
  /** What to say where there is no such model: no folder either, but one with nearly this name. */
  readonly missing: string;
}

/** The error of an answer that is not what was asked for. */
export function refused(answer: Response, asked: Asked): HubError {
  const { id } = asked;
  return new HubError(reasonOf(answer, asked), { id });
}

function reasonOf(answer: Response, asked: Asked): string {
  const { id, revision, file, settings } = asked;
  const { status } = answer;
  const host = new URL(settings.endpoint).host;
  const code = answer.headers.get("x-error-code") ?? "";
  if (code === "GatedRepo") {
    return `is gated: accept its terms at ${settings.endpoint}/${id} while logged in, and ${logIn(settings)}`;
  }
  if (code === "RevisionNotFound") {
    return `has no branch, tag or commit ${JSON.stringify(revision)}; its branches are listed at ${settings.endpoint}/${id}/tree/main`;
  }
  if (code === "EntryNotFound") return `has no file ${file} at ${revision}`;
  if (
    /invalid (credentials|username|user token)/i.test(answer.headers.get("x-error-message") ?? "")
  ) {
    return `${host} does not accept the token; log in again with hf auth login, or unset HF_TOKEN`;
  }
  if (status === 401 || code === "RepoNotFound" || status === 404) {
    return `${asked.missing}, and no model of this name on ${host} that may be read; check the name; where it is private, ${logIn(settings)}`;
  }
  if (status === 403) return `may not be read with this token; ${logIn(settings)}`;
  if (status === 429)
    return `${host} refuses more requests for now (429); try again later, or ${logIn(settings)}`;
  return `${host} answers ${status}; try again later`;
}

function logIn({ token }: HubSettings): string {
  return token === undefined
    ? "set HF_TOKEN or log in with hf auth login"
    : "use the token of an account that may read it";
}
