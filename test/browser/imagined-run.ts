// A notebook that records an imagined run: what the plot needs, without a model.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeNotebook } from "./write-notebook.js";

const SOURCE = `import { existsSync } from "node:fs";
import { startRun } from "notebooster/report";

const run = startRun({ title: "An imagined run", totalSteps, flopsPerToken: 4e6, peakFlops: 2e10 });
for (let step = 1; step <= totalSteps; step++) {
  const pause = existsSync(toEnd) ? 0 : step < totalSteps / 2 ? 50 : 1000;
  await new Promise((resolve) => setTimeout(resolve, pause));
  const loss = 2 + 3 * Math.exp(-step / 60) + 0.1 * Math.sin(step * 1.7) + (step === 90 ? 0.8 : 0);
  const learningRate = 3e-4 * Math.min(step / 20, 0.5 * (1 + Math.cos((Math.PI * step) / totalSteps)));
  run.step({ step, loss, learningRate, gradNorm: 0.8 + Math.exp(-step / 30), numTokens: 128 });
}
run.end();`;

export interface ImaginedRun {
  /** The notebook's file name. */
  readonly name: string;
  /** Until it is called the run takes its time, in its second half more than a test needs on any machine. */
  goToEnd(): void;
}

/** Writes the notebook into `folder`. */
export function writeImaginedRun(folder: string, title: string, totalSteps: number): ImaginedRun {
  // A test that is tried again finds the files of its first try, whose run was told to end.
  const name = existsSync(join(folder, `${title}.ipynb`)) ? `${title}-again` : title;
  const toEnd = join(folder, `${name}.to-end`);
  const sizes = `const totalSteps = ${totalSteps};\nconst toEnd = ${JSON.stringify(toEnd)};`;
  return {
    name: writeNotebook(folder, name, [sizes, SOURCE]),
    goToEnd: () => writeFileSync(toEnd, ""),
  };
}
