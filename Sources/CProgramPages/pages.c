#include "CProgramPages.h"

#if defined(__linux__) && defined(__ELF__)
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Where the linker lets the program begin, and its code end. All in between is as it stands in the file: what the loader
// or the program writes to lies behind.
extern const char __executable_start[] __attribute__((visibility("hidden")));
extern const char etext[] __attribute__((visibility("hidden")));

void programpages_release(void) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = (uintptr_t)__executable_start, end = (uintptr_t)etext & ~(page - 1);
  // Between the parts of a program may be a gap, which is no reason to stop and none to complain.
  if (start % page == 0 && start < end) (void)madvise((void *)start, end - start, MADV_DONTNEED);
}
#else
void programpages_release(void) {}
#endif
