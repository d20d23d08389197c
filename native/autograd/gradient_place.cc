#include "gradient_place.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <mutex>
#include <unordered_map>

#include "../tensor/bindings.h"
#include "../tensor/describe.h"
#include "autograd.h"

namespace notebooster {
namespace {

using at::Tensor;
using Weak = c10::weak_intrusive_ptr<c10::TensorImpl>;

Weak weak(const Tensor& tensor) { return Weak(tensor.getIntrusivePtr()); }

/* Holds neither parameters nor places: who made a place decides how long there is one. An address is not used again while a
   weak pointer to it is here. Backward passes on a GPU ask from a thread of their own. */
class Places {
 public:
  void set(const Tensor& parameter, const Tensor& place) {
    const std::lock_guard lock(mutex_);
    if (places_.size() >= prune_at_) prune();
    places_.insert_or_assign(parameter.unsafeGetTensorImpl(), Entry{weak(parameter), weak(place)});
  }

  Tensor find(const Tensor& parameter) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(parameter.unsafeGetTensorImpl());
    if (found == places_.end()) return {};
    const auto place = found->second.place.lock();
    return place ? Tensor(place) : Tensor();
  }

 private:
  struct Entry {
    Weak parameter, place;
  };

  void prune() {
    std::erase_if(places_, [](const auto& each) { return each.second.parameter.expired() || each.second.place.expired(); });
    prune_at_ = std::max<size_t>(kFirstPrune, 2 * places_.size());
  }

  static constexpr size_t kFirstPrune = 1024;
  std::mutex mutex_;
  std::unordered_map<const c10::TensorImpl*, Entry> places_;
  size_t prune_at_ = kFirstPrune;
};

// Never destroyed: tensors may outlive the statics of this file.
Places& places = *new Places;

/* A part of `flat` in the parameter's shape. A version counter of its own, unlike a view's, tells its writes from its neighbours'. */
Tensor make_place(const Tensor& flat, int64_t offset, const Tensor& parameter) {
  Tensor place = at::empty({0}, flat.options());
  if (parameter.is_non_overlapping_and_dense()) place.set_(flat.storage(), offset, parameter.sizes(), parameter.strides());
  else place.set_(flat.storage(), offset, parameter.sizes());
  places.set(parameter, place);
  return place;
}

/* Whether the parameter has a gradient, which from now on lies in `place`. */
bool settle(const Tensor& parameter, const Tensor& place) {
  Tensor& gradient = parameter.mutable_grad();
  if (!gradient.defined()) return false;
  if (gradient.is_same(place)) return true;
  if (gradient.scalar_type() != place.scalar_type() || gradient.device() != place.device())
    throw UserError("the model was converted or moved while its gradients waited for their step, a " + describe(gradient) +
                    " has no place among those in " + describe(place) + "; call optimizer.zeroGrad() before model.to(...)");
  const at::NoGradGuard no_grad;
  Tensor(place).copy_(gradient);
  gradient = place;
  return true;
}

}  // namespace

Tensor place_of_gradient(const Tensor& parameter) { return places.find(parameter); }

void export_gradient_places(Napi::Object exports) {
  bind_retrying<make_place>(exports, "makeGradientPlace");
  bind<settle>(exports, "settleGradient");
}

}  // namespace notebooster
