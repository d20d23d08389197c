// Ranks whose job goes on after one of them failed give up the connections they had, together, and make new ones. The
// sets of connections are numbered: a *generation* is over once whoever runs the ranks (the kernel) says so on a pipe that a
// thread reads beside JavaScript, which may be waiting in a collective; JavaScript begins the next one with its next cell.
#pragma once
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "../node/bindings.h"

namespace notebooster {

class Communicator;

/* Code of the error that another rank's failure is told with. */
constexpr const char* kGivenUp = "ERR_GIVEN_UP";

/* The generation that JavaScript uses now, from 0. Throws when it is over: the next one begins with the next cell. */
int64_t usable_generation();

/* Throws when `generation` is over. */
void require_generation(int64_t generation);

/* From now on the end of its generation aborts it; at once when that has come already. */
void end_with_generation(const std::shared_ptr<Communicator>& communicator);

/* Communicators that failed or were given up give back what they have, whoever still refers to them; JS thread only. */
void close_failed_communicators();

/* Before the process ends: the other ranks can say which collective this one entered last; JS thread only. */
void publish_last_collectives();

/* As store.wait(keys, timeout), but throws as soon as the generation is over. True when all keys have come in time. */
bool wait_for_keys(c10d::Store& store, const std::vector<std::string>& keys, std::chrono::milliseconds timeout, int64_t generation);

void export_generations(Napi::Object exports);

}  // namespace notebooster
