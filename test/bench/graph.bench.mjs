// A training step of GPT-2 124M (batch 4 x 1024, bfloat16) on one GPU: ours eager, ours captured as a CUDA graph, and the same
// model of transformers under torch.compile, in turns. JSON lines; `tokensPerSecond` is wall time over whole steps.
// Ours: bfloat16 weights and activations, AdamW with float32 masters and moments, float32 loss. Peers: "autocast" has float32
// weights and bfloat16 autocast (what people run); "bf16" has our dtypes. All: fused AdamW, no clipping, a loss over the same
// shifted tokens, vocabulary 50257. The floor: arithmetic at the measured rate of a large matrix product.
// `lossDifference`: the largest relative difference over ten steps from the same weights, without dropout; exits with 1 when
// captured and eager steps of ours differ by more than 1e-3.
//   notebooster bench graph [--no-peers]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdamW,
  arange,
  backward,
  GPT2LMHeadModel,
  manualSeed,
  numGpus,
  scoped,
  synchronize,
} from "notebooster";
import { graphed } from "notebooster/device";
import { matmulTflops } from "./gpu-time.mjs";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const [BATCH, LENGTH, VOCABULARY] = [4, 1024, 50257];
const TOKENS = BATCH * LENGTH;
const ROUNDS = 7;
const PEERS = [
  { name: "torch.compile, autocast", kind: "autocast", dropout: 0.1 },
  { name: "torch.compile, bf16", kind: "bf16", dropout: 0.1 },
  { name: "torch.compile, bf16", kind: "bf16", dropout: 0 },
];

if (numGpus() === 0) throw new Error("bench graph needs a GPU; this process sees none");

/** The same numbers as in the peer. */
const inputIds = arange(0, TOKENS, 1, { dtype: "int64", device: "cuda" })
  .square()
  .mul(48271)
  .remainder(VOCABULARY)
  .view(BATCH, LENGTH);

/** Without dropout from the weights in `folder`, if there is one. */
async function makeStep(dropout, folder) {
  const options = { residPdrop: dropout, embdPdrop: dropout, attnPdrop: dropout };
  const model =
    dropout === 0 && folder
      ? await GPT2LMHeadModel.fromPretrained(folder)
      : new GPT2LMHeadModel(options);
  model.to({ device: "cuda" }).train();
  const parameters = model.parameters();
  const optimizer = new AdamW(parameters, { lr: 1e-4 });
  const originals = new Map(parameters.map((p) => [p, p.detach()]));
  model.to({ dtype: "bfloat16" });
  optimizer.useMasterWeights(originals);
  for (const original of originals.values()) original.dispose();
  const step = () => {
    const { loss } = model.forward({ inputIds, labels: inputIds });
    backward(loss);
    optimizer.step();
    optimizer.zeroGrad();
    return loss.detach();
  };
  return { step, flops: model.flopsPerToken(LENGTH, "causal").value };
}

const eagerly = (step) => () => scoped(step);

function losses(step) {
  return Array.from({ length: 10 }, () => step().item());
}

/** Milliseconds of a step, the mean of ten. */
function milliseconds(step) {
  synchronize("cuda");
  const begin = performance.now();
  for (let i = 0; i < 10; i++) step();
  synchronize("cuda");
  return (performance.now() - begin) / 10;
}

/** All peers compile at once: that takes most of the time. */
async function startPeers(folder) {
  const peers = PEERS.map(({ name, kind, dropout }) => {
    const saved = dropout === 0 ? [folder] : [];
    const peer = startPeer("graph_peer.py", [BATCH, LENGTH, kind, dropout, ...saved]);
    return { name, dropout, ...peer };
  });
  return Promise.all(peers.map(async (peer) => ({ ...peer, losses: await peer.ask("losses") })));
}

async function compareLosses(folder, peer) {
  const eager = losses(eagerly((await makeStep(0, folder)).step));
  const captured = graphed((await makeStep(0, folder)).step, { warmup: 3 });
  const replayed = losses(captured);
  captured.dispose();
  const over = (others) =>
    Math.max(...others.map((loss, i) => Math.abs(replayed[i] - loss) / loss));
  report({
    name: "lossDifference",
    overEager: over(eager),
    ...(peer && { [`over ${peer.name}`]: over(peer.losses) }),
    first: replayed[0],
    last: replayed.at(-1),
  });
  if (!(over(eager) <= 1e-3)) process.exitCode = 1;
}

/** Ours captured and the peers in turns; then ours eager. */
async function measure(dropout, { folder, peers, peak }) {
  manualSeed(1);
  const { step, flops } = await makeStep(dropout, folder);
  const eager = Array.from({ length: 4 }, () => milliseconds(eagerly(step))).slice(1);
  const captured = graphed(step, { warmup: 3 });
  milliseconds(captured);
  const replayed = [];
  const theirs = peers.map(() => []);
  for (let i = 0; i < ROUNDS; i++) {
    replayed.push(milliseconds(captured));
    for (const [p, peer] of peers.entries()) theirs[p].push(await peer.ask("round"));
  }
  captured.dispose();
  for (const [p, { name }] of peers.entries()) {
    const ms = median(theirs[p]);
    report({ name: `${name}, dropout ${dropout}`, ms, tokensPerSecond: (1000 * TOKENS) / ms });
  }
  const tflop = (flops * TOKENS) / 1e12;
  for (const [kind, ms] of Object.entries({ eager: median(eager), captured: median(replayed) })) {
    const beside = peers.map(({ name }, p) => [`over ${name}`, median(theirs[p]) / ms]);
    report({
      name: `ours, ${kind}, dropout ${dropout}`,
      ms,
      tokensPerSecond: (1000 * TOKENS) / ms,
      floorMs: (tflop / peak) * 1000,
      shareOfMatmul: tflop / (ms / 1000) / peak,
      ...Object.fromEntries(beside),
    });
  }
}

const scratch = mkdtempSync(join(tmpdir(), "notebooster-bench-"));
const peers = process.argv.includes("--no-peers") ? [] : await startPeers(scratch);
const folder = peers.length > 0 ? scratch : undefined;
const peak = matmulTflops();
report({ name: "matmul 8192", tflops: peak });
await compareLosses(
  folder,
  peers.find(({ dropout }) => dropout === 0),
);
for (const dropout of [0.1, 0]) {
  const beside = peers.filter((peer) => peer.dropout === dropout);
  await measure(dropout, { folder, peers: beside, peak });
}
for (const peer of peers) await peer.close();
rmSync(scratch, { recursive: true });
