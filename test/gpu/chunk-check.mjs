// For a host with a GPU: parameters whose memory is given back between forward and backward passes.
//   ./notebooster exec test/gpu/chunk-check.mjs        exits non-zero on a failure
import { empty, LlamaForCausalLM, memory, randint } from "notebooster";
import { GpuEvent, GpuStream, recordStream, withStream } from "notebooster/device";
import { Chunk } from "notebooster/parallel";
import { check, expect, finish } from "./check.mjs";

const SIZES = { vocabSize: 1000, hiddenSize: 512, intermediateSize: 1024, numHiddenLayers: 4 };
const inputIds = randint(1000, [2, 128], { device: "cuda" });
const input = { inputIds, labels: inputIds };

function make(dtype) {
  return new LlamaForCausalLM({ ...SIZES, numAttentionHeads: 8 }).to({ dtype, device: "cuda" });
}

/** A chunk for each block. */
function chunksOf(model) {
  const names = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
  return model.blocks.map(
    (block) =>
      new Chunk(
        block.name,
        block.parameters().map((each) => [names.get(each), each]),
      ),
  );
}

const gradients = (model) => model.parameters().map(({ grad }) => grad.to("float32").toBytes());
const allocated = () => memory().gpus[0].allocatedBytes;
const isSame = (a, b) => a.every((bytes, i) => Buffer.compare(bytes, b[i]) === 0);

for (const dtype of ["float32", "bfloat16"]) {
  check(`${dtype}: released and gathered elsewhere, gradients are the same bits`, () => {
    const plain = make(dtype);
    plain.forward(input).loss.backward();
    const model = make(dtype);
    const chunks = chunksOf(model);
    const { loss } = model.forward(input);
    const copies = chunks.map(({ flat }) => flat.to("cpu"));
    const bytes = chunks.reduce((sum, { flat }) => sum + flat.nbytes, 0);
    const before = allocated();
    for (const chunk of chunks) chunk.release();
    const freed = before - allocated();
    expect(freed >= bytes, `freed ${freed} of ${bytes} bytes`);
    const occupied = chunks.map(({ flat }) => empty(flat.shape, { dtype, device: "cuda" }));
    for (const [i, chunk] of chunks.entries()) chunk.gather((flat) => flat.copy_(copies[i]));
    loss.backward();
    expect(isSame(gradients(model), gradients(plain)), "gradients differ");
    return { freed, occupied: occupied.length };
  });
}

check("lent memory, filled on a side stream", () => {
  const plain = make("float32");
  plain.forward(input).loss.backward();
  const model = make("float32");
  const chunks = chunksOf(model);
  const { loss } = model.forward(input);
  const copies = chunks.map(({ flat }) => flat.clone());
  for (const chunk of chunks) chunk.release();
  const largest = Math.max(...chunks.map(({ flat }) => flat.numel));
  const lent = chunks.map(() => empty([largest], { device: "cuda" }));
  const side = new GpuStream();
  side.waitStream(GpuStream.current());
  for (const [i, chunk] of chunks.entries()) {
    withStream(side, () =>
      chunk.gather((flat) => flat.copy_(copies[i], { nonBlocking: true }), { memory: lent[i] }),
    );
    recordStream(chunk.flat, side);
  }
  new GpuEvent().record(side).wait();
  loss.backward();
  expect(isSame(gradients(model), gradients(plain)), "gradients differ");
});

check("a released parameter is an error, and the GPU lives on", () => {
  const model = make("float32");
  const chunks = chunksOf(model);
  const { loss } = model.forward(input);
  for (const chunk of chunks) chunk.release();
  const message = (use) => {
    try {
      use();
    } catch (error) {
      return error.message;
    }
    return "nothing was thrown";
  };
  const told = [
    () => model.forward(input),
    () => model.lmHead.weight.sum(),
    () => loss.backward(),
  ].map(message);
  for (const text of told) expect(/has no memory now: its chunk was released/.test(text), text);
  expect(Number.isFinite(randint(9, [1000], { device: "cuda" }).sum().item()), "the GPU is lost");
});

finish();
