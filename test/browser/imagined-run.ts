// A notebook that records an imagined run: what the plot needs, without a model.

import { writeNotebook } from "./write-notebook.js";

const SOURCE = `import { startRun } from "notebooster/report";

const run = startRun({ title: "An imagined run", totalSteps, flopsPerToken: 4e6, peakFlops: 2e10 });
for (let step = 1; step <= totalSteps; step++) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const loss = 2 + 3 * Math.exp(-step / 60) + 0.1 * Math.sin(step * 1.7) + (step === 90 ? 0.8 : 0);
  const learningRate = 3e-4 * Math.min(step / 20, 0.5 * (1 + Math.cos((Math.PI * step) / totalSteps)));
  run.step({ step, loss, learningRate, gradNorm: 0.8 + Math.exp(-step / 30), numTokens: 128 });
}
run.end();`;

/** Writes the notebook into `folder` and returns its file name. */
export function writeImaginedRun(folder: string, name: string, totalSteps: number): string {
  return writeNotebook(folder, name, [`const totalSteps = ${totalSteps};`, SOURCE]);
}
