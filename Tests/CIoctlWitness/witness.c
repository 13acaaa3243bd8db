#define _GNU_SOURCE
#include "CIoctlWitness.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

const unsigned long witness_TCGETS2 = TCGETS2;
const unsigned long witness_TCSETS2 = TCSETS2;
const unsigned long witness_TIOCEXCL = TIOCEXCL;
const unsigned long witness_TIOCMSET = TIOCMSET;

// The C library calls these also while a thread ends, when a sanitizer has forgotten the thread already.
#if defined(__clang__)
#define BARE __attribute__((disable_sanitizer_instrumentation))
#else
#define BARE
#endif

enum { capacity = 1 << 16 };
static struct {
  unsigned long device;
  ioctl_witnessed seen;
} notes[capacity];
static int noted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

BARE static void note(int descriptor, unsigned long request, void *argument) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISCHR(status.st_mode)) return;
  pthread_mutex_lock(&lock);
  if (noted < capacity) {
    notes[noted].device = status.st_rdev;
    notes[noted].seen.descriptor = descriptor;
    notes[noted].seen.request = request;
    notes[noted].seen.argument = 0;
    if (request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC)
      notes[noted].seen.argument = *(int *)argument;
    noted++;
  }
  pthread_mutex_unlock(&lock);
}

BARE int ioctl(int descriptor, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  // The next one in line, which is umockdev's where that is preloaded.
  static int (*next)(int, unsigned long, ...);
  if (!next) next = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
  note(descriptor, request, argument);
  return next(descriptor, request, argument);
}

BARE long syscall(long number, ...) {
  va_list arguments;
  va_start(arguments, number);
  long a[6];
  for (int index = 0; index < 6; index++) a[index] = va_arg(arguments, long);
  va_end(arguments);
  static long (*next)(long, ...);
  if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  if (number == SYS_ioctl) note((int)a[0], (unsigned long)a[1], (void *)a[2]);
  return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int ioctl_witness_copy(unsigned long device, ioctl_witnessed *into, int room) {
  int count = 0;
  pthread_mutex_lock(&lock);
  for (int index = 0; index < noted; index++)
    if (notes[index].device == device && count < room) into[count++] = notes[index].seen;
  pthread_mutex_unlock(&lock);
  return count;
}
