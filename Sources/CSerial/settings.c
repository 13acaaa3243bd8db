#define _GNU_SOURCE
#include "CSerial.h"

#include <errno.h>
// Not <termios.h>: it declares another `struct termios` than the kernel's headers do.
#include <asm/ioctls.h>
#include <asm/termbits.h>

#include "kernel.h"

static const tcflag_t translating = IGNBRK | BRKINT | PARMRK | INPCK | ISTRIP | INLCR | IGNCR |
                                    ICRNL | IXON | IXOFF | IXANY;
static const tcflag_t editing = ECHO | ECHONL | ICANON | ISIG | IEXTEN;

int cserial_get(int descriptor, cserial_settings *settings) {
  struct termios2 state;
  if (kernel_ioctl(descriptor, TCGETS2, &state) != 0) return errno;
  settings->input_baud = state.c_ispeed;
  settings->output_baud = state.c_ospeed;
  settings->minimum_bytes = state.c_cc[VMIN];
  settings->hangs_up_on_close = (state.c_cflag & HUPCL) != 0;
  settings->is_raw = (state.c_iflag & translating) == 0 && (state.c_lflag & editing) == 0 &&
                     (state.c_oflag & OPOST) == 0 && (state.c_cflag & CSIZE) == CS8 &&
                     (state.c_cflag & (PARENB | CRTSCTS)) == 0;
  return 0;
}

int cserial_set_raw(int descriptor, uint32_t baud) {
  struct termios2 state;
  if (kernel_ioctl(descriptor, TCGETS2, &state) != 0) return errno;
  state.c_iflag &= ~translating;
  state.c_oflag &= ~OPOST;
  state.c_lflag &= ~editing;
  state.c_cflag &= ~(CSIZE | PARENB | CSTOPB | CRTSCTS | HUPCL | CBAUD | (CBAUD << IBSHIFT));
  state.c_cflag |= CS8 | CREAD | CLOCAL | BOTHER | (BOTHER << IBSHIFT);
  state.c_ispeed = baud;
  state.c_ospeed = baud;
  // With VMIN 0 a read without data returns 0, which is also what a hang-up returns.
  state.c_cc[VMIN] = 1;
  state.c_cc[VTIME] = 0;
  return kernel_ioctl(descriptor, TCSETS2, &state) == 0 ? 0 : errno;
}
