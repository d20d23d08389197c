#include "generator.h"

#include <ATen/Context.h>

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

}  // namespace

at::Generator generator_of(napi_env env, napi_value value) {
  return external<GeneratorHandle>(env, value).generator;
}

void export_generators(napi_env env, napi_value exports) {
  export_guarded<create_generator>(env, exports, "createGenerator");
  export_guarded<generator_state>(env, exports, "generatorState");
  export_guarded<set_generator_state>(env, exports, "setGeneratorState");
  export_guarded<manual_seed>(env, exports, "manualSeed");
}

}  // namespace notebooster
