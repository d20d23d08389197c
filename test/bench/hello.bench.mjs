// The first thing a newcomer feels, each beside Python in the same run: kernel start, the round trip of a cell,
// native dispatch, a loop without scopes, and training speed of the tutorial model. JSON lines; `ratio` above 1 means we are faster.
import { measureDispatch } from "./hello-dispatch.mjs";
import { measureKernels } from "./hello-kernel.mjs";
import { measurePlainLoop } from "./hello-plain-loop.mjs";
import { measureTraining } from "./hello-training.mjs";

measureKernels();
await measureDispatch();
measurePlainLoop();
await measureTraining();
