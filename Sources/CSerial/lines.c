#define _GNU_SOURCE
#include "CSerial.h"

#include <errno.h>
#include <sys/ioctl.h>

#include "kernel.h"

int cserial_claim(int descriptor) {
  return kernel_ioctl(descriptor, TIOCEXCL, 0) == 0 ? 0 : errno;
}

int cserial_set_lines(int descriptor, int lines) {
  int bits = 0;
  if (lines & CSERIAL_DTR) bits |= TIOCM_DTR;
  if (lines & CSERIAL_RTS) bits |= TIOCM_RTS;
  return kernel_ioctl(descriptor, TIOCMSET, &bits) == 0 ? 0 : errno;
}
