// One request to the Hub: the token goes to the endpoint and nowhere else, also when it sends us on; what fails for a moment is
// asked again; a server that says nothing is not waited for.
import { setTimeout as pause } from "node:timers/promises";
import { HubError } from "./hub-error.js";
import type { HubSettings } from "./settings.js";

const SILENCE_MS = 10_000;
const MAX_REDIRECTS = 10;
const PAUSES_MS = [250, 1_000];
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Who asks for what. */
export interface HubRequest {
  /** The model, for errors. */
  readonly id: string;
  /** Below the endpoint. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly settings: HubSettings;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/** The Hub did not answer; its cache may do. */
export class UnreachableError extends HubError {}

/**
 * The answer, whatever its status is, after redirects. Whoever takes it reads its body or cancels it.
 * @throws UnreachableError when nobody answers
 */
export async function ask(request: HubRequest): Promise<Response> {
  for (const wait of PAUSES_MS) {
    const answer = await follow(request).catch((error: unknown) => error);
    request.signal.throwIfAborted();
    const isPassing =
      answer instanceof Response
        ? PASSING.has(answer.status)
        : isBroken(answer) && !isNobody(answer);
    if (!isPassing) return answered(request, answer);
    if (answer instanceof Response) await answer.body?.cancel();
    await pause(wait, undefined, { signal: request.signal });
  }
  const last = await follow(request).catch((error: unknown) => error);
  request.signal.throwIfAborted();
  return answered(request, last);
}

/** Whether an error is of the network: nobody there, a connection that broke, silence. */
export function isBroken(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === "TimeoutError";
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

/** Nobody is there, and will not be in a second. */
function isNobody(error: unknown): boolean {
  return ["ENOTFOUND", "ECONNREFUSED"].includes(reasonOf(error));
}

function answered(request: HubRequest, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  throw isBroken(answer) ? unreachable(request, answer) : answer;
}

async function follow({ settings, path, headers, signal }: HubRequest): Promise<Response> {
  let url = new URL(settings.endpoint + path);
  for (let i = 0; i < MAX_REDIRECTS; i++) {
    const answer = await oneAnswer(url, { ...headers, ...authorization(url, settings) }, signal);
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || location === null) return answer;
    await answer.body?.cancel();
    url = new URL(location, url);
  }
  throw new TypeError(`fetch failed: ${MAX_REDIRECTS} redirects`);
}

/** The token is for the endpoint alone: the stores it sends us to have addresses that are signed. */
function authorization(url: URL, { endpoint, token }: HubSettings): Record<string, string> {
  const isEndpoint = url.origin === new URL(endpoint).origin;
  return isEndpoint && token !== undefined ? { authorization: token.authorization } : {};
}

async function oneAnswer(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(silent()), SILENCE_MS);
  try {
    return await fetch(url, {
      headers: { "user-agent": "notebooster", "accept-encoding": "identity", ...headers },
      redirect: "manual",
      signal: AbortSignal.any([signal, silence.signal]),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The pieces of a body. @throws what `isBroken` knows, when no piece comes for a while */
export async function* piecesOf(answer: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (answer.body === null) return;
  const reader = answer.body.getReader();
  const end = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", end);
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

async function beforeSilence<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent()), SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function silent(): DOMException {
  return new DOMException(`no answer for ${SILENCE_MS / 1000} s`, "TimeoutError");
}

/** The address of the request is told without its query, which may be signed. */
function unreachable({ id, settings }: HubRequest, error: unknown): UnreachableError {
  const { host } = new URL(settings.endpoint);
  const proxies = process.env["HTTPS_PROXY"] ?? process.env["https_proxy"];
  const hint = proxies === undefined ? "" : ". Proxies (HTTPS_PROXY) are not used here";
  return new UnreachableError(
    `${host} cannot be reached (${reasonOf(error)})${hint}; check the network and HF_ENDPOINT, or give the path of a local folder`,
    { id },
  );
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
