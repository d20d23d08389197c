// Collectives between the GPUs of this host over NCCL in bfloat16, or between two CPU processes over Gloo in float32, beside
// torch.distributed in turns: algorithm bandwidth (bytes of the whole tensor / time), bus bandwidth (what each link carries,
// as nccl-tests defines it) and the speed over PyTorch's (above 1: ours is faster). JSON lines.
//   notebooster bench collectives [--no-peers]
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numGpus } from "notebooster";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const MIB = 2 ** 20;
const backend = numGpus() >= 2 ? "nccl" : "gloo";
const size = backend === "nccl" ? numGpus() : 2;
const sizes = (backend === "nccl" ? [1, 4, 16, 64, 256, 1024] : [1, 4, 16]).map((mib) => mib * MIB);
const TURNS = 3;
const folder = mkdtempSync(join(tmpdir(), "notebooster-bench-"));

/** Share of the whole tensor that each link carries. */
const busShare = {
  "all-reduce": (2 * (size - 1)) / size,
  "all-gather": (size - 1) / size,
  "reduce-scatter": (size - 1) / size,
};

async function startRanks() {
  const program = fileURLToPath(new URL("./collectives-rank.mjs", import.meta.url));
  const env = {
    ...process.env,
    WORLD_SIZE: String(size),
    NOTEBOOSTER_RENDEZVOUS: join(folder, "ours"),
  };
  const ranks = Array.from({ length: size }, (_, rank) =>
    fork(program, [backend], { env: { ...env, RANK: String(rank), LOCAL_RANK: String(rank) } }),
  );
  await Promise.all(ranks.map((rank) => once(rank, "message")));
  return {
    async ask(request) {
      const answers = ranks.map((rank) => once(rank, "message"));
      for (const rank of ranks) rank.send(request);
      const [[answer]] = await Promise.all(answers);
      return answer;
    },
    close() {
      for (const rank of ranks) rank.kill();
    },
  };
}

async function compare(ours, theirs, request) {
  const samples = { ours: [], theirs: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    samples.ours.push((await ours.ask(request)).seconds);
    if (theirs) samples.theirs.push((await theirs.ask(request)).seconds);
  }
  const seconds = median(samples.ours);
  const gbs = request.bytes / seconds / 1e9;
  const peer = theirs && median(samples.theirs);
  report({
    name: request.operation,
    size: `${request.bytes / MIB} MiB`,
    ...(backend === "nccl" && { async: request.isAsync }),
    us: seconds * 1e6,
    algorithmGBs: gbs,
    busGBs: gbs * busShare[request.operation],
    ...(peer && { torchUs: peer * 1e6, overTorch: peer / seconds }),
  });
}

const ours = await startRanks();
const theirs = process.argv.includes("--no-peers")
  ? undefined
  : startPeer("collectives_peer.py", [backend, size, join(folder, "theirs")]);
report({ name: "setting", backend, ranks: size });
for (const operation of Object.keys(busShare)) {
  for (const bytes of sizes) {
    const calls = backend === "nccl" ? Math.min(50, Math.max(5, (256 * MIB) / bytes)) : 4;
    for (const isAsync of backend === "nccl" ? [false, true] : [true])
      await compare(ours, theirs, { operation, bytes, rounds: 5, calls, isAsync });
  }
}
ours.close();
await theirs?.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
