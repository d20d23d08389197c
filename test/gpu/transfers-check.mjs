// For a host with a GPU: copies beside computation through buffers that are used again and again: numbers, rate, overlap.
//   ./notebooster exec test/gpu/transfers-check.mjs        exits non-zero on a failure
import { Linear, memory, randn, scoped, zeros } from "notebooster";
import { copyAsync, emptyCache, emptyPinned, GpuEvent, HostBuffers } from "notebooster/device";
import { Chunk } from "notebooster/parallel";
import { check, expect, finish } from "./check.mjs";

const MIB = 2 ** 20;
const device = "cuda:0";
const on = { device };
const ELEMENTS = 4 * MIB;

/** Milliseconds on the current stream. */
function timed(body) {
  const begin = new GpuEvent({ timing: true }).record();
  body();
  const end = new GpuEvent({ timing: true }).record();
  end.synchronize();
  return begin.millisecondsUntil(end);
}

check("400 downloads through 3 buffers arrive whole, the GPU writing on meanwhile", () => {
  const buffers = new HostBuffers({ bytes: 4 * ELEMENTS, count: 3 });
  const waiting = [];
  const x = zeros([ELEMENTS], on);
  const settle = () => {
    const { staged, transfer, wanted } = waiting.shift();
    const host = transfer.wait();
    const [low, high] = [host.min().item(), host.max().item()];
    expect(low === wanted && high === wanted, `wanted ${wanted}, got ${low} to ${high}`);
    buffers.giveBack(staged, transfer);
  };
  for (let i = 0; i < 400; i++) {
    scoped(() => {
      x.add_(1);
      const copy = x.clone(); // freed at once: its memory is not to be used again before it was read
      const staged = buffers.take([ELEMENTS]);
      waiting.push({ staged, transfer: copyAsync(copy, staged), wanted: i + 1 });
    });
    if (waiting.length === 3) settle();
  }
  while (waiting.length > 0) settle();
  buffers[Symbol.dispose]();
});

check("400 uploads into 2 slots that computation reads, each slot used again at once", () => {
  const sources = Array.from({ length: 5 }, (_, i) => {
    const pinned = emptyPinned([ELEMENTS]);
    return pinned.fill_(i + 1);
  });
  const slots = [zeros([ELEMENTS], on), zeros([ELEMENTS], on)];
  const matrix = randn([2048, 2048], on);
  const sum = zeros([2], on);
  let wanted = 0;
  for (let i = 0; i < 400; i++) {
    scoped(() => {
      const slot = copyAsync(sources[i % 5], slots[i % 2]).wait();
      matrix.matmul(matrix); // the stream is busy when the slot is read
      sum.add_(slot.max().add(slot.min()).view(1));
    });
    wanted += 2 * ((i % 5) + 1);
  }
  const found = sum.select(0, 0).item();
  expect(found === wanted, `wanted ${wanted}, got ${found}`);
});

check("a chunk gathered into lent memory from pinned memory", () => {
  const layer = new Linear(1024, 1024, on);
  const x = randn([8, 1024], on);
  const before = layer.forward(x).to("cpu").toBytes();
  const chunk = new Chunk("layer", layer.namedParameters());
  const host = emptyPinned([chunk.flat.numel]);
  copyAsync(chunk.flat, host).wait();
  const slot = zeros([chunk.flat.numel], on);
  for (let i = 0; i < 50; i++) {
    chunk.release();
    slot.fill_(Number.NaN);
    const transfers = [];
    chunk.gather((flat) => transfers.push(copyAsync(host, flat)), { memory: slot });
    for (const transfer of transfers) transfer.wait();
    const after = layer.forward(x).to("cpu").toBytes();
    expect(Buffer.compare(before, after) === 0, `round ${i}: other numbers`);
  }
});

check("rate of pinned copies, and how much of them a matmul hides", () => {
  const bytes = 512 * MIB;
  const [host, gpu] = [emptyPinned([bytes / 4]), zeros([bytes / 4], on)];
  const gibPerS = (ms) => Math.round((bytes / 2 ** 30 / ms) * 1e4) / 10;
  const up = () => copyAsync(host, gpu).wait();
  const down = () => copyAsync(gpu, host).wait();
  const a = randn([8192, 8192], on).to("bfloat16");
  const compute = () => {
    for (let i = 0; i < 20; i++) scoped(() => void a.matmul(a));
  };
  for (const warm of [up, down, compute]) warm();
  const [upMs, downMs, computeMs] = [up, down, compute].map(timed);
  const both = timed(() => {
    const transfer = copyAsync(host, gpu);
    compute();
    transfer.wait();
  });
  const hidden = (upMs + computeMs - both) / Math.min(upMs, computeMs);
  expect(hidden > 0.8, `only ${Math.round(hidden * 100)} % of the copy is hidden`);
  return { upGibPerS: gibPerS(upMs), downGibPerS: gibPerS(downMs), computeMs, both, hidden };
});

check("memory() counts pinned memory, emptyCache gives it back", () => {
  emptyCache();
  const before = memory().host.pinnedBytes;
  const buffers = new HostBuffers({ bytes: 64 * MIB, count: 2 });
  const held = memory().host.pinnedBytes - before;
  expect(held >= 128 * MIB, `pinned ${held}`);
  buffers.dispose();
  emptyCache();
  expect(memory().host.pinnedBytes <= before, `still ${memory().host.pinnedBytes - before}`);
  return { held };
});

finish();
