// What a plain loop costs that names no scope, so that V8's garbage collector has to find what to free: a step on a
// 256x256 linear layer with 512 rows, beside the same step in a scope, in turns. `ratio` is the scoped time over the plain.
import { AdamW, backward, Linear, randn, scoped, setNumThreads } from "notebooster";
import { median, report } from "./statistics.mjs";

const steps = 200;
const repeats = 9;
const numThreads = 1;

export function measurePlainLoop() {
  setNumThreads(numThreads);
  const step = prepare();
  const plain = () => msPerStep(step);
  const inScope = () => msPerStep(() => scoped(step));
  const times = { plain: [], scoped: [] };
  plain();
  inScope();
  for (let i = 0; i < repeats; i++) {
    times.plain.push(plain());
    times.scoped.push(inScope());
  }
  const ms = { plain: median(times.plain), scoped: median(times.scoped) };
  report({
    name: "plain loop without scopes",
    ms: ms.plain,
    scopedMs: ms.scoped,
    ratio: ms.scoped / ms.plain,
    residentMb: Math.round(process.memoryUsage.rss() / 1e6),
    numThreads,
    repeats,
  });
}

function prepare() {
  const layer = new Linear(256, 256);
  const optimizer = new AdamW(layer.parameters(), { lr: 1e-3 });
  const [x, y] = [randn([512, 256]), randn([512, 256])];
  return () => {
    const loss = layer.forward(x).sub(y).pow(2).mean();
    backward(loss);
    optimizer.step();
    optimizer.zeroGrad();
    return loss;
  };
}

function msPerStep(step) {
  const begin = performance.now();
  for (let i = 0; i < steps; i++) step();
  return (performance.now() - begin) / steps;
}
