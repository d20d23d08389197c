#include "unread_product.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <unordered_map>
#include <unordered_set>

#include "../tensor/bindings.h"
#include "autograd.h"

namespace notebooster {
namespace {

using at::Tensor;
using torch::autograd::Node;

thread_local int64_t num_products = 0;
thread_local int64_t unread = 0;  // number of the one to leave out, from 1; 0: none
thread_local Tensor left_out;
thread_local const Node* left_out_node = nullptr;  // its own; another one once it was written in place
thread_local uint32_t left_out_version = 0;

void leave_out_product(double number) {
  unread = number > 0 ? num_products + static_cast<int64_t>(number) : 0;
  left_out = Tensor();
}

/* By node of the graphs of `outputs`, who reads what it makes. */
std::unordered_map<const Node*, std::vector<const Node*>> readers_in(const std::vector<Tensor>& outputs) {
  std::unordered_map<const Node*, std::vector<const Node*>> readers;
  std::unordered_set<const Node*> seen;
  std::vector<const Node*> waiting;
  for (const Tensor& output : outputs)
    if (output.grad_fn()) waiting.push_back(output.grad_fn().get());
  while (!waiting.empty()) {
    const Node* node = waiting.back();
    waiting.pop_back();
    if (!seen.insert(node).second) continue;
    for (const auto& edge : node->next_edges()) {
      if (!edge.function) continue;
      readers[edge.function.get()].push_back(node);
      waiting.push_back(edge.function.get());
    }
  }
  return readers;
}

/* Whether a product was left out, and all that became of it are sums that no other node reads: sums keep none of their numbers. */
bool was_only_added(const std::vector<Tensor>& outputs) {
  if (!left_out.defined() || left_out.grad_fn().get() != left_out_node || left_out._version() != left_out_version) return false;
  const auto readers = readers_in(outputs);
  std::vector<const Node*> waiting{left_out.grad_fn().get()};
  bool is_read = false;
  while (!waiting.empty()) {
    const auto found = readers.find(waiting.back());
    waiting.pop_back();
    if (found == readers.end()) continue;  // an output
    is_read = true;
    for (const Node* reader : found->second) {
      if (reader->name() != "AddBackward0") return false;
      waiting.push_back(reader);
    }
  }
  return is_read;
}

}  // namespace

bool next_product_is_unread() { return ++num_products == unread; }

void note_unread_product(const Tensor& result) {
  left_out = result;
  left_out_node = result.grad_fn().get();
  left_out_version = static_cast<uint32_t>(result._version());
}

void export_unread_product(Napi::Object exports) {
  bind<[] { return static_cast<double>(num_products); }>(exports, "numProducts");
  bind<leave_out_product>(exports, "leaveOutProduct");
  bind<was_only_added>(exports, "wasOnlyAdded");
}

}  // namespace notebooster
