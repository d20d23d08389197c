// What the host's allocator does with freed memory. By default glibc gives it back as soon as a megabyte or two at the
// heap's end is free, so a loop over tensors of a megabyte has its pages taken away and given anew in every step.
#pragma once

namespace notebooster {

/* Keeps up to 64 MiB for what comes next: glibc's own limits once a program has freed a block of 32 MiB. */
void keep_freed_memory();

void give_freed_memory_back();

}  // namespace notebooster
