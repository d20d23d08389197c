// The two networks of a first notebook, an MLP and a CNN, in a loop as a PyTorch user writes it: from the same seed the
// losses of twenty steps are PyTorch's. No bias stands before a batch norm, which cancels it: its gradient would be nothing but
// rounding, which AdamW makes as large as any other.
import {
  AdamW,
  BatchNorm1d,
  BatchNorm2d,
  backward,
  Conv2d,
  crossEntropy,
  Dropout,
  Flatten,
  GELU,
  getScheduler,
  LayerNorm,
  Linear,
  MaxPool2d,
  Module,
  manualSeed,
  mseLoss,
  ReLU,
  randint,
  randn,
  Sequential,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const STEPS = 20;

const TORCH = `
import torch
from torch import nn
from torch.nn import functional as F

def mlp():
    torch.manual_seed(0)
    x = torch.randn(64, 8)
    y = x[:, :1].sin() + x[:, 1:2] * x[:, 2:3]
    model = nn.Sequential(nn.Linear(8, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, 16, bias=False), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: step / 5 if step < 5 else (${STEPS} - step) / (${STEPS} - 5))
    losses = []
    for step in range(${STEPS}):
        loss = F.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return losses, F.mse_loss(model.eval()(x), y).item()

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 8, 3)
        self.pool = nn.MaxPool2d(2)
        self.dropout = nn.Dropout(0.25)
        self.flatten = nn.Flatten()
        self.head = nn.Linear(8 * 3 * 3, 4)
    def forward(self, x):
        x = self.pool(F.relu(self.norm(self.conv1(x))))
        x = self.pool(F.relu(self.conv2(x)))
        return self.head(self.dropout(self.flatten(x)))

def cnn():
    torch.manual_seed(1)
    images, labels = torch.randn(32, 1, 16, 16), torch.randint(0, 4, (32,))
    model = Net()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
    losses = []
    for step in range(${STEPS}):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels, label_smoothing=0.1)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad(): return losses, F.cross_entropy(model(images), labels).item()

print(json.dumps([mlp(), cnn()]))`;

type Trained = readonly [losses: number[], evaluated: number];

function mlp(): Trained {
  manualSeed(0);
  const x = randn([64, 8]);
  const column = (i: number) => x.narrow(1, i, 1);
  const y = column(0)
    .sin()
    .add(column(1).mul(column(2)));
  const model = new Sequential(
    new Linear(8, 32),
    new LayerNorm(32),
    new GELU(),
    new Linear(32, 16, { bias: false }),
    new BatchNorm1d(16),
    new ReLU(),
    new Linear(16, 1),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2 });
  const schedule = getScheduler("linear", optimizer, {
    numWarmupSteps: 5,
    numTrainingSteps: STEPS,
  });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const loss = mseLoss(model.forward(x), y);
    optimizer.zeroGrad();
    backward(loss);
    optimizer.step();
    schedule.step();
    losses.push(loss.item());
  }
  return [losses, mseLoss(model.eval().forward(x), y).item()];
}

class Net extends Module {
  conv1 = new Conv2d(1, 6, 3, { padding: 1, bias: false });
  norm = new BatchNorm2d(6);
  conv2 = new Conv2d(6, 8, 3);
  pool = new MaxPool2d(2);
  dropout = new Dropout(0.25);
  flatten = new Flatten();
  head = new Linear(8 * 3 * 3, 4);

  forward(images: Tensor): Tensor {
    let x = this.pool.forward(this.norm.forward(this.conv1.forward(images)).relu());
    x = this.pool.forward(this.conv2.forward(x).relu());
    return this.head.forward(this.dropout.forward(this.flatten.forward(x)));
  }
}

function cnn(): Trained {
  manualSeed(1);
  const images = randn([32, 1, 16, 16]);
  const labels = randint(0, 4, [32], { dtype: "int64" });
  const model = new Net();
  const optimizer = new AdamW(model.parameters(), { lr: 3e-3, weightDecay: 0.1 });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(images), labels, { labelSmoothing: 0.1 });
    backward(loss);
    optimizer.step();
    losses.push(loss.item());
  }
  return [losses, crossEntropy(model.eval().forward(images), labels).item()];
}

test("an MLP and a CNN with dropout have PyTorch's losses for twenty steps and after eval()", () => {
  const [wantedMlp, wantedCnn] = python(TORCH) as [Trained, Trained];
  for (const [found, wanted] of [
    [mlp(), wantedMlp],
    [cnn(), wantedCnn],
  ] as const) {
    expect(found[0].length).toBe(STEPS);
    expect((found[0][0] as number) - (found[0].at(-1) as number)).toBeGreaterThan(0.2); // it learns
    for (const [step, loss] of found.flat().entries())
      expect(Math.abs(loss - (wanted.flat()[step] as number)), `step ${step}`).toBeLessThan(2e-6);
  }
});
