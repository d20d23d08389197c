#include "generator.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/slice.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "bindings.h"

namespace notebooster {
namespace {

struct GeneratorHandle : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4745'4e45'5241;
  static constexpr const char* kName = "Generator";
  at::Generator generator;
  explicit GeneratorHandle(at::Generator generator) : Tagged(kTag), generator(std::move(generator)) {}
};

std::unique_ptr<GeneratorHandle> create_generator(int64_t seed, std::optional<std::string> device) {
  const at::Generator& of_device = at::globalContext().defaultGenerator(c10::Device(device.value_or("cpu")));
  auto handle = std::make_unique<GeneratorHandle>(of_device.clone());
  handle->generator.set_current_seed(static_cast<uint64_t>(seed));
  return handle;
}

/* An external made by createGenerator, or the default generator of the device named (undefined: the CPU's). */
struct AnyGenerator {
  at::Generator generator;
};

}  // namespace

template <>
struct FromJs<AnyGenerator> {
  static AnyGenerator from(const Napi::Value& value) {
    if (value.IsExternal()) return {FromJs<at::Generator>::from(value)};
    const auto device = FromJs<std::optional<std::string>>::from(value);
    return {at::globalContext().defaultGenerator(c10::Device(device.value_or("cpu")))};
  }
};

namespace {

at::Tensor generator_state(AnyGenerator of) {
  std::lock_guard<std::mutex> lock(of.generator.mutex());
  return of.generator.get_state();
}

void set_generator_state(AnyGenerator of, const at::Tensor& state) {
  std::lock_guard<std::mutex> lock(of.generator.mutex());
  of.generator.set_state(state);
}

void manual_seed(int64_t seed) { at::manual_seed(static_cast<uint64_t>(seed)); }

/* 53 bits of the CPU's default generator. */
uint64_t draw_key() {
  at::Generator generator = at::globalContext().defaultGenerator(at::kCPU);
  std::lock_guard<std::mutex> lock(generator.mutex());
  return at::check_generator<at::CPUGeneratorImpl>(generator)->random64() >> 11;
}

/* ATen draws normal numbers in blocks of so many, one draw of the engine a number. */
constexpr int64_t kNormalBlock = 16;

/* What a generator with this seed gives once it has been drawn from `skipped` times. */
at::Tensor normal_after(uint64_t seed, int64_t skipped, int64_t count) {
  at::mt19937 engine(seed);
  for (int64_t i = 0; i < skipped; ++i) engine();
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  at::check_generator<at::CPUGeneratorImpl>(generator)->set_engine(engine);
  return at::randn({count}, generator, at::TensorOptions().dtype(at::kFloat));
}

/* Of the `count` numbers that `randn` draws with this seed those from .. to, and no others.
   A last block that would not be full is instead the last 16 numbers, drawn after all. */
at::Tensor normal_numbers(int64_t given_seed, int64_t count, int64_t from, int64_t to) {
  const auto seed = static_cast<uint64_t>(given_seed);
  if (from < 0 || from > to || to > count)
    throw UserError("of " + std::to_string(count) + " numbers there are none from " + std::to_string(from) + " to " + std::to_string(to));
  if (count < kNormalBlock) return normal_after(seed, 0, count).slice(0, from, to);
  const int64_t tail = count % kNormalBlock == 0 ? count : count - kNormalBlock;
  std::vector<at::Tensor> parts{at::empty({0})};
  if (const int64_t end = std::min(to, tail); from < end) {
    const int64_t begin = from / kNormalBlock * kNormalBlock;
    const int64_t blocks = (end - begin + kNormalBlock - 1) / kNormalBlock;
    parts.push_back(normal_after(seed, begin, blocks * kNormalBlock).slice(0, from - begin, end - begin));
  }
  if (to > tail) parts.push_back(normal_after(seed, count, kNormalBlock).slice(0, std::max(from, tail) - tail, to - tail));
  return at::cat(parts);
}

/* A bijection whose results look independent for neighbours (splitmix64; Steele, Lea and Flood 2014). */
uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9;
  x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11eb;
  return x ^ (x >> 31);
}

/* A default generator that draws for a part of a pass, and how it was before. Its state as a tensor would take twice as long. */
class Away {
 public:
  explicit Away(at::Generator generator) : generator_(std::move(generator)) {
    std::lock_guard<std::mutex> lock(generator_.mutex());
    if (generator_.device().is_cpu()) {
      auto* cpu = at::check_generator<at::CPUGeneratorImpl>(generator_);
      engine_ = cpu->engine();
      next_float_ = cpu->next_float_normal_sample();
      next_double_ = cpu->next_double_normal_sample();
    } else {
      seed_ = generator_.current_seed();
      offset_ = generator_.get_offset();
    }
  }

  void seed(uint64_t seed) {
    std::lock_guard<std::mutex> lock(generator_.mutex());
    generator_.set_current_seed(seed);
  }

  void come_back() {
    std::lock_guard<std::mutex> lock(generator_.mutex());
    if (generator_.device().is_cpu()) {
      auto* cpu = at::check_generator<at::CPUGeneratorImpl>(generator_);
      cpu->set_engine(*engine_);
      cpu->set_next_float_normal_sample(next_float_);
      cpu->set_next_double_normal_sample(next_double_);
    } else {
      generator_.set_current_seed(seed_);
      generator_.set_offset(offset_);
    }
  }

 private:
  at::Generator generator_;
  std::optional<at::mt19937> engine_;  // optional, for making one takes a microsecond
  std::optional<float> next_float_;
  std::optional<double> next_double_;
  uint64_t seed_ = 0;
  uint64_t offset_ = 0;
};

std::vector<Away> away;

/* The device's default generator begins the stream of number `index` of the key. */
void enter_stream(AnyGenerator of, int64_t key, int64_t index) {
  away.emplace_back(std::move(of.generator));
  away.back().seed(mixed(mixed(static_cast<uint64_t>(key)) + static_cast<uint64_t>(index)));
}

/* The generator that went away last is as it was before; false when none was away. */
bool leave_stream() {
  if (away.empty()) return false;
  away.back().come_back();
  away.pop_back();
  return true;
}

}  // namespace

const at::Generator& FromJs<at::Generator>::from(const Napi::Value& value) { return FromJs<GeneratorHandle>::from(value).generator; }

void export_generators(Napi::Object exports) {
  bind<create_generator>(exports, "createGenerator");
  bind<generator_state>(exports, "generatorState");
  bind<set_generator_state>(exports, "setGeneratorState");
  bind<draw_key>(exports, "drawKey");
  bind<enter_stream>(exports, "enterStream");
  bind<leave_stream>(exports, "leaveStream");
  bind<manual_seed>(exports, "manualSeed");
  bind_retrying<normal_numbers>(exports, "normalNumbers");
}

}  // namespace notebooster
