#include <sys/syscall.h>
#include <unistd.h>

/// The kernel's ioctl without the C library's function between: simulators of devices, which tests of the
/// program run under, replace that function and know no serial ports.
static inline int kernel_ioctl(int descriptor, unsigned long request, void *argument) {
  return (int)syscall(SYS_ioctl, descriptor, request, argument);
}
