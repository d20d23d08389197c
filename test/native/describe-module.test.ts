// How a module prints.

import { expect, test } from "vitest";
import { Linear, Module } from "../../dist/src/index.js";

class Block extends Module {
  up = new Linear(4, 8);
  down = new Linear(8, 4);
}

class Net extends Module {
  embed = new Linear(2, 4);
  layers = [new Block(), new Block(), new Block()];
  ends = [new Block(), new Linear(3, 3)];
}

function bundleOf(net: Module): Record<string, string> {
  const method = (net as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ];
  return method?.call(net) ?? {};
}

test("a module prints as a tree: equal layers once, shapes, types, how much of it trains", () => {
  const net = new Net();
  net.embed.weight.requiresGrad = false;
  expect(String(net).split("\n").slice(0, 7)).toEqual([
    "Net  328 parameters, 320 trainable",
    "  embed: Linear  12 parameters, 4 trainable",
    "    weight float32[4, 2] frozen",
    "    bias float32[4]",
    "  layers.0 … 2: Block × 3  76 parameters each",
    "    up: Linear  40 parameters",
    "      weight float32[8, 4]",
  ]);
  expect(String(net)).toContain("  ends.0: Block  76 parameters");
  expect(net.numParameters()).toBe(328);
  const html = String(bundleOf(net)["text/html"]);
  expect(html.match(/<details/g)).toHaveLength(9);
  expect(html).toContain("weight float32[4, 2] frozen");
});

test("a parameter that two modules share counts once", () => {
  const net = new Net();
  net.ends[1] = net.embed;
  expect(String(net)).toMatch(/^Net {2}316 parameters/);
});
