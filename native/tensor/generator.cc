#include "generator.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <optional>
#include <vector>

#include "handle.h"

namespace notebooster {
namespace {

struct GeneratorHandle : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4745'4e45'5241;
  static constexpr const char* kName = "Generator";
  at::Generator generator;
  explicit GeneratorHandle(at::Generator generator) : Tagged(kTag), generator(std::move(generator)) {}
};

napi_value create_generator(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const c10::Device device(is_nullish(env, arguments[1]) ? "cpu" : to_string(env, arguments[1]));
  auto* handle = new GeneratorHandle(at::globalContext().defaultGenerator(device).clone());
  handle->generator.set_current_seed(static_cast<uint64_t>(to_int64(env, arguments[0])));
  return make_external(env, handle);
}

/* An external made by createGenerator, or the default generator of the device named (undefined: the CPU's). */
at::Generator generator_or_default(napi_env env, napi_value value) {
  if (!is_nullish(env, value) && type_of(env, value) != napi_string) return generator_of(env, value);
  const c10::Device device(is_nullish(env, value) ? "cpu" : to_string(env, value));
  return at::globalContext().defaultGenerator(device);
}

/* generatorState(generator | device | undefined) */
napi_value generator_state(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  at::Generator generator = generator_or_default(env, arguments[0]);
  std::lock_guard<std::mutex> lock(generator.mutex());
  return wrap(env, generator.get_state());
}

/* setGeneratorState(generator | device | undefined, state) */
napi_value set_generator_state(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  at::Generator generator = generator_or_default(env, arguments[0]);
  std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_state(unwrap(env, arguments[1]));
  return undefined(env);
}

napi_value manual_seed(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  at::manual_seed(static_cast<uint64_t>(to_int64(env, arguments[0])));
  return undefined(env);
}

/* drawKey() -> 53 bits of the CPU's default generator. */
napi_value draw_key(napi_env env, napi_callback_info) {
  at::Generator generator = at::globalContext().defaultGenerator(at::kCPU);
  std::lock_guard<std::mutex> lock(generator.mutex());
  const uint64_t bits = at::check_generator<at::CPUGeneratorImpl>(generator)->random64() >> 11;
  return from_double(env, static_cast<double>(bits));
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

/* enterStream(device, key, index): the device's default generator begins the stream of that number of that key. */
napi_value enter_stream(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  const auto key = static_cast<uint64_t>(to_int64(env, arguments[1]));
  const auto index = static_cast<uint64_t>(to_int64(env, arguments[2]));
  away.emplace_back(generator_or_default(env, arguments[0]));
  away.back().seed(mixed(mixed(key) + index));
  return undefined(env);
}

/* leaveStream() -> whether a generator was away; the one that went last is as it was before. */
napi_value leave_stream(napi_env env, napi_callback_info) {
  if (away.empty()) return from_bool(env, false);
  away.back().come_back();
  away.pop_back();
  return from_bool(env, true);
}

}  // namespace

at::Generator generator_of(napi_env env, napi_value value) {
  return external<GeneratorHandle>(env, value).generator;
}

void export_generators(napi_env env, napi_value exports) {
  export_guarded<create_generator>(env, exports, "createGenerator");
  export_guarded<generator_state>(env, exports, "generatorState");
  export_guarded<set_generator_state>(env, exports, "setGeneratorState");
  export_guarded<draw_key>(env, exports, "drawKey");
  export_guarded<enter_stream>(env, exports, "enterStream");
  export_guarded<leave_stream>(env, exports, "leaveStream");
  export_guarded<manual_seed>(env, exports, "manualSeed");
}

}  // namespace notebooster
