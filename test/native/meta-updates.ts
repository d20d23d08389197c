// A call of each of our operators that update weights, with what the other calls of meta.test.ts are made of.
import { ops, type Tensor } from "notebooster";

const { notebooster } = ops;

/** Makes tensors on a device. */
export interface Make {
  readonly f32: (...shape: number[]) => Tensor;
  readonly bf16: (...shape: number[]) => Tensor;
  readonly int64: (...shape: number[]) => Tensor;
  readonly uint8: (...shape: number[]) => Tensor;
}

const STEP = { lr: 1, beta1: 0.9, beta2: 0.9, eps: 1e-8, weight_decay: 0 };
const DRAWS = { seeds: [1], begins: [0] };

export const UPDATES: Record<string, (make: Make) => unknown> = {
  adamw_: ({ f32, bf16 }) => {
    const state = [[f32(3)], [bf16(3)], [f32(3)], [f32(3)]] as const;
    return notebooster.adamw_([bf16(3)], ...state, { ...STEP, lr_tensor: f32() });
  },
  adamw_8bit_: ({ f32, bf16, uint8 }) => {
    const state = [[uint8(300)], [uint8(300)], [f32(2)], [f32(2)]] as const;
    return notebooster.adamw_8bit_([bf16(300)], [f32(300)], [bf16(300)], ...state, STEP);
  },
  round_at_random_: ({ f32, bf16 }) =>
    notebooster.round_at_random_([bf16(3)], [f32(3)], [f32()], { ...DRAWS, draw: 0 }),
  l2_norm_and_overflow: ({ bf16 }) => notebooster.l2_norm_and_overflow([bf16(3), bf16(2, 2)]),
};
