// Models by their names on the Hub: a server that speaks its routes, real processes, and the cache that Python's library shares.
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readIndex } from "../../src/checkpoint/sharded-index.js";
import { hubFolder } from "../../src/hub/hub-folder.js";
import { CONFIG_ALONE, MODEL, TOKENIZER_FILES } from "../../src/hub/wanted.js";
import { HubServer } from "../fixtures/hub-server.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const server = new HubServer();
const COMMIT = "c0ffee0000000000000000000000000000000000";
const SECRET = "hf_OnlyForTests";
const SHARDS = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"] as const;
const BIG = Buffer.alloc(1_000_000, "0123456789abcdef!");
const PLAIN = { "config.json": "{}", "model.safetensors": BIG };
const PROGRAM = fileURLToPath(new URL("../fixtures/fetch-from-hub.mjs", import.meta.url));
let cache = "";

beforeEach(() => {
  cache = scratchFolder();
  vi.stubEnv("HF_HUB_OFFLINE", "");
  vi.stubEnv("HF_ENDPOINT", server.endpoint);
  vi.stubEnv("HF_HUB_CACHE", cache);
  vi.stubEnv("HF_TOKEN_PATH", join(cache, "no-token"));
  vi.stubEnv("HF_TOKEN", "");
});
afterEach(() => void vi.unstubAllEnvs());

const modelFolder = (id: string) => join(cache, `models--${id.replace("/", "--")}`);
const blobs = (id: string) => fs.readdirSync(join(modelFolder(id), "blobs"));
const messageOf = (result: Promise<unknown>): Promise<string> =>
  result.then(
    (folder) => `came: ${String(folder)}`,
    (error: unknown) => String(error),
  );

/** The same in a process of its own. */
const fetched = (id: string): Promise<string> =>
  new Promise((resolve) =>
    execFile(process.execPath, [PROGRAM, id], (_, stdout) => resolve(stdout.trim())),
  );

describe("a model of the Hub", () => {
  it("comes into a cache of Python's layout, only what is needed, and once", async () => {
    const index = { weight_map: { a: SHARDS[0], b: SHARDS[1] } };
    server.add("tiny/sharded", {
      "config.json": "{}",
      "README.md": "not needed",
      "pytorch_model.bin": "not needed",
      "model.safetensors.index.json": JSON.stringify(index),
      [SHARDS[0]]: BIG,
      [SHARDS[1]]: "second",
      "tokenizer.json": "{}",
      "additional_chat_templates/tools.jinja": "x",
    });
    const folder = await hubFolder("tiny/sharded", MODEL);
    expect(folder).toBe(join(modelFolder("tiny/sharded"), "snapshots", COMMIT));
    const weights = ["config.json", ...SHARDS, "model.safetensors.index.json"];
    expect(fs.readdirSync(folder).sort()).toEqual(weights);
    expect(fs.readlinkSync(join(folder, "config.json"))).toMatch(
      /^\.\.\/\.\.\/blobs\/[0-9a-f]{40}$/,
    );
    expect(fs.readFileSync(join(folder, SHARDS[0])).equals(BIG)).toBe(true);
    expect(fs.readFileSync(join(modelFolder("tiny/sharded"), "refs", "main"), "utf8")).toBe(COMMIT);
    expect(blobs("tiny/sharded")).toHaveLength(4);
    expect([...readIndex(folder, "model.safetensors.index.json").keys()]).toEqual(["a", "b"]); // links out of it, but the cache's

    const before = server.askedOf("tiny/sharded").length;
    await hubFolder("tiny/sharded", MODEL);
    expect(server.askedOf("tiny/sharded")).toHaveLength(before + 1); // which commit is main?
    await hubFolder("tiny/sharded", TOKENIZER_FILES, { revision: "refs/pr/1" });
    expect(fs.readFileSync(join(folder, "additional_chat_templates", "tools.jinja"), "utf8")).toBe(
      "x",
    );
    vi.stubEnv("HF_HUB_OFFLINE", "1");
    expect(await hubFolder("tiny/sharded", MODEL, { revision: COMMIT })).toBe(folder);
  });

  it("is read by Python's library from our cache, and by us from Python's", async () => {
    server.add("tiny/shared", { ...PLAIN, "tokenizer.json": "{}" });
    const ours = await hubFolder("tiny/shared", MODEL);
    const theirs = join(cache, "python");
    const program = `
import os, huggingface_hub as hub
from huggingface_hub import constants, scan_cache_dir
read = lambda path: open(path, "rb").read()
found = hub.snapshot_download("tiny/shared", cache_dir=args[0], local_files_only=True)
weights = hub.hf_hub_download("tiny/shared", "model.safetensors", cache_dir=args[0], local_files_only=True)
constants.HF_HUB_OFFLINE = False
for name in ["config.json", "model.safetensors"]:
    hub.hf_hub_download("tiny/shared", name, cache_dir=args[1], endpoint=args[2], token=False)
before = {e.name for e in os.scandir(args[0] + "/models--tiny--shared/blobs")}
hub.hf_hub_download("tiny/shared", "config.json", cache_dir=args[0], endpoint=args[2], token=False)
scan = scan_cache_dir(args[0])
print(json.dumps([found, len(read(weights)), len(scan.warnings), before == {e.name for e in os.scandir(args[0] + "/models--tiny--shared/blobs")}]))`;
    const [found, length, warnings, isSame] = python(
      program,
      cache,
      theirs,
      server.endpoint,
    ) as unknown[];
    expect([found, length, isSame]).toEqual([ours, BIG.length, true]);
    expect(warnings).toBeLessThanOrEqual(1); // the folder "python", which is none of the cache's
    vi.stubEnv("HF_HUB_CACHE", theirs);
    vi.stubEnv("HF_HUB_OFFLINE", "1");
    const folder = await hubFolder("tiny/shared", MODEL);
    expect(folder.startsWith(theirs)).toBe(true);
    expect(fs.readFileSync(join(folder, "model.safetensors")).equals(BIG)).toBe(true);
  });

  it("comes once for all processes that ask at the same time", async () => {
    server.add("tiny/slow", PLAIN, { pauseMs: 30 });
    const answers = await Promise.all([1, 2, 3].map(() => fetched("tiny/slow")));
    const folder = join(modelFolder("tiny/slow"), "snapshots", COMMIT);
    expect(answers).toEqual(Array(3).fill(folder));
    expect(server.askedOf("tiny/slow").filter(({ server: at }) => at === "store")).toHaveLength(1);
  });

  it("goes on after a kill where it was, and after a connection that breaks", async () => {
    server.add("tiny/long", PLAIN, { pauseMs: 100 });
    const child = spawn(process.execPath, [PROGRAM, "tiny/long"], {
      env: process.env,
      stdio: "ignore",
    });
    const part = () =>
      fs
        .readdirSync(cache, { recursive: true, encoding: "utf8" })
        .find((name) => name.endsWith(".incomplete"));
    const size = () => (part() === undefined ? 0 : fs.statSync(join(cache, part() as string)).size);
    await vi.waitUntil(() => size() > 100_000, { timeout: 20_000, interval: 5 });
    child.kill("SIGKILL");
    await new Promise((ended) => child.once("exit", ended));
    const kept = size();
    server.add("tiny/long", PLAIN, { breaks: 3, breaksAt: 200_000 });
    const folder = await hubFolder("tiny/long", MODEL);
    expect(fs.readFileSync(join(folder, "model.safetensors")).equals(BIG)).toBe(true);
    const ranges = server
      .askedOf("tiny/long")
      .flatMap((one) => (one.server === "store" ? [one.range] : []));
    expect(ranges[1]).toBe(`bytes=${kept}-`);
    expect(ranges).toHaveLength(4); // the first was the killed one's; it counted as one of three
    expect(new Set(ranges).size).toBe(4);
    expect(part()).toBeUndefined();
  });

  it("is right also where a server sends all, the beginning was another's, or the Hub is busy for a while", async () => {
    server.add("tiny/whole", PLAIN, { ignoresRange: true, busy: 2 });
    await hubFolder("tiny/whole", CONFIG_ALONE);
    const digest = await import("node:crypto").then(({ createHash }) =>
      createHash("sha256").update(BIG).digest("hex"),
    );
    fs.writeFileSync(
      join(modelFolder("tiny/whole"), "blobs", `${digest}.incomplete`),
      Buffer.alloc(1000),
    );
    const folder = await hubFolder("tiny/whole", MODEL);
    expect(fs.readFileSync(join(folder, "model.safetensors")).equals(BIG)).toBe(true);
  });
});

describe("the token", () => {
  it("is sent to the Hub alone, from a variable or the usual file", async () => {
    server.add("tiny/private", PLAIN, { private: true });
    expect(await messageOf(hubFolder("tiny/private", MODEL))).toContain(
      "set HF_TOKEN or log in with hf auth login",
    );
    fs.writeFileSync(join(cache, "no-token"), `${SECRET}\n`);
    await hubFolder("tiny/private", CONFIG_ALONE);
    vi.stubEnv("HF_TOKEN_PATH", "");
    vi.stubEnv("HF_TOKEN", SECRET);
    await hubFolder("tiny/private", MODEL);
    const sent = server.askedOf("tiny/private").slice(1);
    const atHub = sent.filter(({ server: at }) => at === "hub");
    const atStore = sent.filter(({ server: at }) => at === "store");
    expect(atHub.every(({ authorization }) => authorization === `Bearer ${SECRET}`)).toBe(true);
    expect(atStore.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it("is in no error, whatever goes wrong", async () => {
    server.add("tiny/gated-too", PLAIN, { gated: true });
    server.add("tiny/broken", PLAIN, { down: true });
    vi.stubEnv("HF_TOKEN", SECRET);
    for (const id of ["tiny/gated-too", "tiny/none", "tiny/broken"]) {
      const error: unknown = await hubFolder(id, MODEL).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
    }
    vi.stubEnv("HF_TOKEN", `${SECRET} and more`);
    const said = await messageOf(hubFolder("tiny/gated-too", MODEL));
    expect(said).toContain("HF_TOKEN holds no token of the Hub");
    expect(said).not.toContain(SECRET);
    vi.stubEnv("HF_TOKEN", "hf_Another");
    const refused = await messageOf(hubFolder("tiny/gated-too", MODEL));
    expect(refused).toContain("does not accept the token");
    expect(refused).not.toContain("hf_Another");
  }, 60_000);
});

describe("what cannot be had", () => {
  const host = () => new URL(server.endpoint).host;

  it.each([
    ["gated", { gated: true }, PLAIN, "is gated: accept its terms at"],
    ["altered", { alters: true }, PLAIN, "model.safetensors has come with another digest than"],
    [
      "pickled",
      {},
      { "config.json": "{}", "pytorch_model.bin": "x" },
      "no model.safetensors, only the pickle pytorch_model.bin",
    ],
    ["bare", {}, { "model.safetensors": "x" }, "no config.json at main"],
    ["huge", { bytes: 2 ** 50 }, PLAIN, "needs 1024 TiB"],
  ])(
    "says of a model that is %s what is there and what to do",
    async (name, behaviour, files, said) => {
      server.add(`tiny/${name}`, files as Record<string, string>, behaviour);
      const message = await messageOf(hubFolder(`tiny/${name}`, MODEL));
      expect(message).toMatch(new RegExp(`^HubError: tiny/${name}: `));
      expect(message).toContain(said);
      expect(
        fs.existsSync(join(modelFolder(`tiny/${name}`), "snapshots", COMMIT, "model.safetensors")),
      ).toBe(false);
    },
  );

  it("tells an unknown revision, name or network, and a folder with nearly the name", async () => {
    server.add("tiny/known", PLAIN);
    expect(await messageOf(hubFolder("tiny/known", MODEL, { revision: "v9" }))).toContain(
      'no branch, tag or commit "v9"',
    );
    const unknown = await messageOf(hubFolder("note-books", MODEL));
    expect(unknown).toContain("did you mean the folder notebooks?");
    expect(unknown).toContain(`no model of this name on ${host()}`);
    vi.stubEnv("HF_HUB_OFFLINE", "1");
    expect(await messageOf(hubFolder("tiny/known", MODEL))).toContain("HF_HUB_OFFLINE is set");
    vi.stubEnv("HF_HUB_OFFLINE", "");
    await hubFolder("tiny/known", CONFIG_ALONE);
    vi.stubEnv("HF_ENDPOINT", "http://127.0.0.1:64999");
    expect(await messageOf(hubFolder("tiny/other", MODEL))).toMatch(
      /127\.0\.0\.1:64999 cannot be reached \(ECONNREFUSED\)/,
    );
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    await hubFolder("tiny/known", CONFIG_ALONE);
    expect(warn.mock.calls.join()).toContain("Taken from the cache");
    expect(await messageOf(hubFolder("tiny/known", MODEL))).toContain("is in the cache in part");
    warn.mockRestore();
  }, 60_000);

  it("leaves a folder alone, and refuses a revision of it", async () => {
    expect(await hubFolder("src", MODEL)).toBe("src");
    expect(await hubFolder("./none", MODEL)).toBe("./none");
    expect(await messageOf(hubFolder("src", MODEL, { revision: "v1" }))).toContain(
      "a folder, which has no revisions",
    );
  });

  it("cannot put a file outside of its folder", async () => {
    server.add("tiny/outside", { "config.json": "{}" });
    const all = { files: (there: ReadonlySet<string>) => [...there], lacks: () => undefined };
    const folder = await hubFolder("tiny/outside", all);
    expect(fs.readdirSync(folder)).toEqual(["config.json"]);
  });
});
