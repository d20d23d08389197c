// Weights that ranks updated a slice each become whole again on all of them: a bucket is gathered while the one before it is copied to
// its parameters.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { type BucketLayout, sliceIn } from "../memory/bucket-layout.js";
import { elementsOf } from "../optim/slices.js";
import { empty, zeros } from "../tensor/create.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { noteUpdated } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";

interface Gathering {
  readonly work: Work;
  readonly flat: Tensor;
  readonly layout: BucketLayout;
}

/** All ranks call it, with the same buckets. */
export function gatherWeights(layouts: Iterable<BucketLayout>, group: ProcessGroup): void {
  noGrad(() => {
    let before: Gathering | undefined;
    for (const layout of layouts) {
      const gathering = begin(layout, group);
      if (before !== undefined) end(before);
      before = gathering;
    }
    if (before !== undefined) end(before);
  });
}

function begin(layout: BucketLayout, group: ProcessGroup): Gathering {
  const { numElements, owner, sections } = layout;
  const { dtype, device } = layout.parameters[0] as Parameter;
  const flat = empty([numElements], { dtype, device });
  if (owner !== undefined) {
    if (owner === group.rank)
      fill(flat, layout, { section: { begin: 0, end: numElements }, rank: owner });
    return { work: group.broadcast(flat, owner), flat, layout };
  }
  const section = sections[group.rank] as Range;
  const mine = zeros([section.end - section.begin], { dtype, device });
  fill(mine, layout, { section, rank: group.rank });
  return { work: group.allGather(flat, mine), flat, layout };
}

/** Copies what a rank has of each parameter to where its section has it. */
function fill(
  into: Tensor,
  layout: BucketLayout,
  { section, rank }: { readonly section: Range; readonly rank: number },
): void {
  for (const [i, parameter] of layout.parameters.entries()) {
    const slice = sliceIn(layout, i, rank);
    const count = slice.end - slice.begin;
    if (count === 0) continue;
    const at = (layout.offsets[i] as number) + slice.begin - section.begin;
    const numbers = elementsOf(parameter, slice);
    into.narrow(0, at, count).view(numbers.shape).copy_(numbers);
  }
}

function end({ work, flat, layout: { parameters, offsets } }: Gathering): void {
  work.wait();
  for (const [i, parameter] of parameters.entries()) {
    const { numel, shape } = parameter;
    if (numel === 0) continue;
    parameter.copy_(flat.narrow(0, offsets[i] as number, numel).view(shape));
    noteUpdated(parameter);
  }
  flat.dispose();
}
