#ifndef CIOCTL_WITNESS_H
#define CIOCTL_WITNESS_H

// Stands in for the C library's ioctl and syscall in the test program, and notes every request to a device that
// passes through, whoever makes it.

typedef struct {
  int descriptor;
  unsigned long request;
  int argument;  // the modem lines of TIOCMSET, TIOCMBIS and TIOCMBIC; otherwise 0
} ioctl_witnessed;

/// Copies what was seen on the descriptor's device (st_rdev) since the program began; returns how many.
int ioctl_witness_copy(unsigned long device, ioctl_witnessed *into, int capacity);

extern const unsigned long witness_TCGETS2, witness_TCSETS2, witness_TIOCEXCL, witness_TIOCMSET;

#endif
