// Rotary positions (Su et al. 2021) on the halves of a head, out of place, for any strides of batch, head and token.
// A thread keeps the cosines and sines of one token's pack in registers and turns that pack of four heads.
#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kHeads = 4;

struct Place {
  int64_t batch, group, token;
};

/* The work item's head group runs fastest where heads are nearest in memory, else its token does. */
__device__ inline Place place_of(const Rope& a, uint32_t item, uint32_t groups, bool heads_inside) {
  const uint32_t tokens = static_cast<uint32_t>(a.tokens);
  const uint32_t inner = heads_inside ? groups : tokens;
  const uint32_t outer = heads_inside ? tokens : groups;
  const uint32_t x = item % inner, rest = item / inner;
  const uint32_t y = rest % outer, batch = rest / outer;
  return heads_inside ? Place{batch, x, y} : Place{batch, y, x};
}

template <typename T, int N, bool Inverse>
__global__ void __launch_bounds__(kThreads) turn(Rope a, uint32_t groups, uint32_t items, bool heads_inside) {
  wait_for_kernel_before();
  const uint32_t item = blockIdx.x * blockDim.y + threadIdx.y;
  if (item >= items) return;
  const Place place = place_of(a, item, groups, heads_inside);
  const int64_t half = a.dim / 2, at = int64_t(threadIdx.x) * N;
  const T* x = static_cast<const T*>(a.x) + place.batch * a.x_strides[0] + place.token * a.x_strides[2] + at;
  T* out = static_cast<T*>(a.out) + place.batch * a.out_strides[0] + place.token * a.out_strides[2] + at;
  Pack<T, N> low[kHeads], high[kHeads];
#pragma unroll
  for (int k = 0; k < kHeads; ++k) {
    const int64_t head = place.group + int64_t(k) * groups;
    if (head >= a.heads) continue;
    low[k] = load_once<T, N>(x + head * a.x_strides[1]);
    high[k] = load_once<T, N>(x + head * a.x_strides[1] + half);
  }
  const T* cos = static_cast<const T*>(a.cos) + place.token * a.cos_stride + at;
  const T* sin = static_cast<const T*>(a.sin) + place.token * a.sin_stride + at;
  float cos_low[N], cos_high[N], sin_low[N], sin_high[N];
  unpack(load<T, N>(cos), cos_low);
  unpack(load<T, N>(cos + half), cos_high);
  unpack(load<T, N>(sin), sin_low);
  unpack(load<T, N>(sin + half), sin_high);
#pragma unroll
  for (int k = 0; k < kHeads; ++k) {
    const int64_t head = place.group + int64_t(k) * groups;
    if (head >= a.heads) continue;
    float l[N], h[N];
    unpack(low[k], l);
    unpack(high[k], h);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      const float x1 = l[j], x2 = h[j];
      l[j] = Inverse ? x1 * cos_low[j] + x2 * sin_high[j] : x1 * cos_low[j] - x2 * sin_low[j];
      h[j] = Inverse ? x2 * cos_high[j] - x1 * sin_low[j] : x2 * cos_high[j] + x1 * sin_high[j];
    }
    store<T, N>(out + head * a.out_strides[1], l);
    store<T, N>(out + head * a.out_strides[1] + half, h);
  }
}

template <typename T, int N>
void launch(const Rope& a, Stream stream) {
  const uint32_t lanes = static_cast<uint32_t>(a.dim / 2 / N);
  const uint32_t rows = lanes < kThreads ? kThreads / lanes : 1;
  const auto groups = static_cast<uint32_t>(ceil_div(a.heads, kHeads));
  const auto items = static_cast<uint32_t>(a.batch * a.tokens * groups);
  const bool heads_inside = a.x_strides[1] < a.x_strides[2];
  const Launch launch{dim3(ceil_div(items, rows)), dim3(lanes, rows), stream};
  if (a.inverse) launch_overlapping(turn<T, N, true>, launch, a, groups, items, heads_inside);
  else launch_overlapping(turn<T, N, false>, launch, a, groups, items, heads_inside);
}

template <typename T>
bool fits_packs(const Rope& a) {
  bool fits = a.dim / 2 % kVector<T> == 0 && a.cos_stride % kVector<T> == 0 && a.sin_stride % kVector<T> == 0;
  for (const int64_t stride : a.x_strides) fits = fits && stride % kVector<T> == 0;
  for (const int64_t stride : a.out_strides) fits = fits && stride % kVector<T> == 0;
  return fits && is_aligned(a.x) && is_aligned(a.out) && is_aligned(a.cos) && is_aligned(a.sin);
}

}  // namespace

LaunchError rope(const Rope& a, Stream stream) {
  if (a.batch * a.heads * a.tokens * a.dim == 0) return nullptr;
  if (a.dim > 2 * kThreads) return "heads of more than 512 elements are not supported";
  if (a.batch * a.tokens * ceil_div(a.heads, kHeads) > INT32_MAX) return "more than 2^31 groups of heads are not supported";
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    fits_packs<T>(a) ? launch<T, kVector<T>>(a, stream) : launch<T, 1>(a, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
