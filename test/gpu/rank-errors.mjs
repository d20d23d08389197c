// For a host with several GPUs: one rank throws while the others wait for it over NCCL, again and again in one session. The
// others are told at once, every rank keeps its tensors, and all of them connect anew for the next cell.
//   ./notebooster exec test/gpu/rank-errors.mjs [--rounds 20] [--device cuda]        exits non-zero on a failure
import { parseArgs } from "node:util";
import { numGpus } from "notebooster";
import { RankSession } from "../fixtures/rank-session.mjs";
import { check, expect, finish } from "./check.mjs";
import { nativeStacks } from "./native-stacks.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    device: { type: "string", default: "cuda" },
    ranks: { type: "string", default: String(Math.max(2, numGpus())) },
  },
});
const size = Number(values.ranks);
const ways = ["allReduce", "queue", "receive", "gradient", "newGroup", "forgotten", "subgroup"];
const limitMs = 2000;
const hangMs = 15_000;
const sumOfRanks = (size * (size + 1)) / 2;

const session = new RankSession(size);
const { outcomes: begun, ms: connectMs } = await timed("connecting", () =>
  session.run("begin", values),
);
check("the ranks connect", () => {
  expect(
    begun.every(({ value }) => value === sumOfRanks),
    JSON.stringify(begun),
  );
  return { connectMs };
});

for (let round = 0; round < Number(values.rounds); round++) {
  const how = ways[round % ways.length];
  const failing = how === "subgroup" ? size - 1 : 1;
  const name = `round ${round + 1} (${how})`;
  const failed = await timed(`${name}, fail`, () => session.run("fail", { how, failing }));
  const held = await timed(`${name}, held`, () => session.run("held"));
  check(`error ${round + 1} on rank ${failing}, the others in ${how}`, () => {
    const { outcomes } = failed;
    for (const [rank, { error, code, value }] of outcomes.entries()) {
      if (rank === failing) expect(error === `only here: ${how}`, `rank ${rank}: ${error}`);
      else if (how === "forgotten") expect(value === "done", `rank ${rank}: ${error}`);
      else if (how === "subgroup" && rank !== 0)
        continue; // no member: its call is a mistake of its own
      else
        expect(
          /given up: rank \d failed/.test(error) && code === "ERR_COLLECTIVE",
          `rank ${rank}: ${error}`,
        );
    }
    for (const [rank, { value, error }] of held.outcomes.entries()) {
      expect(
        value?.weights === 1000 * (rank + 1),
        `rank ${rank} lost its tensors: ${JSON.stringify(value)} ${error}`,
      );
      expect(value.sum === sumOfRanks, `rank ${rank} sums ${value.sum}`);
    }
    expect(failed.ms < limitMs, `the error took ${failed.ms} ms`);
    expect(held.ms < limitMs, `connecting anew took ${held.ms} ms`);
    return { errorMs: failed.ms, anewMs: held.ms };
  });
}
session.end();
finish();

async function timed(phase, run) {
  const began = performance.now();
  const hang = setTimeout(() => tellHang(phase), hangMs);
  const outcomes = await run();
  clearTimeout(hang);
  return { outcomes, ms: Math.round(performance.now() - began) };
}

/** Ends the program, after the stacks of the ranks that hang. */
function tellHang(phase) {
  const hanging = [...session.unanswered];
  for (const [rank, pid] of hanging)
    console.log(`rank ${rank}, process ${pid}:\n${nativeStacks(pid)}`);
  check(phase, () => expect(false, `rank ${hanging.map(([rank]) => rank)} hangs`));
  session.end();
  finish();
}
