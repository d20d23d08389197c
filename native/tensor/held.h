// `Held<T>` holds an argument while the operator runs, by the type T that the operator's C++ signature gives it.
#pragma once
#include <ATen/core/IListRef.h>
#include <ATen/core/List.h>

#include "argument.h"

namespace notebooster {

/* What an argument is held in while the operator runs, and how it is passed on. */
template <typename T>
struct Held {
  std::decay_t<T> value;
  explicit Held(const Argument& a) : value(naming(a, [&] { return Read<std::decay_t<T>>::from(a); })) {}
  T get() { return static_cast<T>(value); }
};
/* A tensor of the table stays there while an operator runs: nothing else can free it. */
template <>
struct Held<const at::Tensor&> {
  at::Tensor made;
  const at::Tensor* tensor;
  explicit Held(const Argument& a) : tensor(naming(a, [&] { return find(a); })) {}
  const at::Tensor& get() { return tensor ? *tensor : made; }

 private:
  const at::Tensor* find(const Argument& a) {
    if (a.value().is(kTensor)) return &a.value().tensor();
    const Argument self{a.plan, 0};
    const bool has_self = self.is_given() && self.value().is(kTensor);
    made = to_tensor(a.value(), has_self ? std::optional(self.value().tensor().scalar_type()) : std::nullopt);
    return nullptr;
  }
};
template <typename List>
struct HeldInts {
  Ints ints;
  explicit HeldInts(const Argument& a) : ints(naming(a, [&] { return Read<Ints>::from(a); })) {}
  List get() {
    if constexpr (std::is_same_v<List, at::IntArrayRef>) return ints;
    else return c10::fromIntArrayRefSlow(ints);
  }
};
template <>
struct Held<at::IntArrayRef> : HeldInts<at::IntArrayRef> {
  using HeldInts::HeldInts;
};
template <>
struct Held<c10::SymIntArrayRef> : HeldInts<c10::SymIntArrayRef> {
  using HeldInts::HeldInts;
};
template <typename List>
struct Held<at::OptionalArrayRef<List>> {
  std::optional<Held<at::ArrayRef<List>>> list;
  explicit Held(const Argument& a) {
    if (!a.is_none()) list.emplace(a);
  }
  at::OptionalArrayRef<List> get() { return list ? at::OptionalArrayRef<List>(list->get()) : std::nullopt; }
};
template <>
struct Held<std::optional<at::ArrayRef<double>>> {
  std::optional<std::vector<double>> list;
  explicit Held(const Argument& a) : list(Read<std::optional<std::vector<double>>>::from(a)) {}
  std::optional<at::ArrayRef<double>> get() { return list ? std::optional<at::ArrayRef<double>>(*list) : std::nullopt; }
};
template <>
struct Held<at::TensorList> {
  c10::SmallVector<at::Tensor, 4> tensors;
  explicit Held(const Argument& a) {
    naming(a, [&] {
      tensors.reserve(a.value().size());
      for (uint32_t i = 0; i < a.value().size(); ++i) tensors.push_back(a.value().item(i).tensor());
    });
  }
  at::TensorList get() { return tensors; }
};
template <>
struct Held<const at::ITensorListRef&> {
  Held<at::TensorList> tensors;
  at::ITensorListRef list;
  explicit Held(const Argument& a) : tensors(a), list(tensors.get()) {}
  const at::ITensorListRef& get() { return list; }
};
template <>
struct Held<const c10::List<std::optional<at::Tensor>>&> {
  c10::List<std::optional<at::Tensor>> list;
  explicit Held(const Argument& a) {
    naming(a, [&] {
      list.reserve(a.value().size());
      for (uint32_t i = 0; i < a.value().size(); ++i) {
        const Value item = a.value().item(i);
        list.push_back(item.is_nullish() ? std::nullopt : std::optional<at::Tensor>(item.tensor()));
      }
    });
  }
  const c10::List<std::optional<at::Tensor>>& get() { return list; }
};

}  // namespace notebooster
