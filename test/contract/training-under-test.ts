// A small training in one process, for the contracts.
import {
  AdamW,
  type BoostedOptimizer,
  Booster,
  CosineAnnealingWarmupLR,
  DataLoader,
  LlamaForCausalLM,
  type Module,
  type Tensor,
  TorchDDPPlugin,
  tensor,
} from "notebooster";

export const SIZES = {
  vocabSize: 30,
  hiddenSize: 8,
  intermediateSize: 8,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
  maxPositionEmbeddings: 16,
};
export const ids = tensor([[1, 5, 9, 2]]);
export const rows = (length: number, numRows = 8, first = 0) => ({
  length: numRows,
  sequenceLength: length,
  row: (index: number) => Int32Array.from({ length }, (_, i) => (first + index + i) % 30),
});

export class Training {
  readonly booster: Booster;
  readonly model: LlamaForCausalLM;
  readonly plain: AdamW;
  readonly schedule: CosineAnnealingWarmupLR;
  parts!: {
    model: LlamaForCausalLM;
    optimizer: BoostedOptimizer;
    lrScheduler: CosineAnnealingWarmupLR;
    dataloader: DataLoader;
  };

  constructor(mixedPrecision: "fp32" | "bf16" | "fp16" = "fp32", totalSteps = 10) {
    this.booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }), mixedPrecision });
    this.model = new LlamaForCausalLM(SIZES);
    this.plain = new AdamW(this.model.parameters(), { lr: 1e-2 });
    this.schedule = new CosineAnnealingWarmupLR(this.plain, { totalSteps, warmupSteps: 1 });
  }

  async boost(
    dataset = rows(4),
    options: { seed?: number; shuffle?: boolean } = {},
  ): Promise<this> {
    const { model, plain: optimizer, schedule: lrScheduler } = this;
    const dataloader = new DataLoader({ dataset, batchSize: 1, ...options });
    this.parts = (await this.booster.boost({
      ...{ model, optimizer, lrScheduler, dataloader },
    })) as unknown as Training["parts"];
    return this;
  }

  forward(): { loss: Tensor; logits: Tensor; numTokens: Tensor } {
    return this.model.forward({ inputIds: ids, labels: ids });
  }

  step(): void {
    this.booster.backward(this.forward(), this.parts.optimizer);
    this.parts.optimizer.step();
    this.parts.optimizer.zeroGrad();
    this.schedule.step();
  }
}

/** All bits of the weights. */
export function digest(model: Module): string {
  return model
    .parameters()
    .map((each) => Buffer.from(each.toBytes()).toString("base64"))
    .join();
}
