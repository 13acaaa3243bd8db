#ifndef CSERIAL_H
#define CSERIAL_H

#include <stdint.h>

// What Swift's importer cannot see: `struct termios2` with its arbitrary baud rates, and the variadic
// ioctls of a serial port. Every call is one ioctl (cserial_set_raw: a reading and a writing one) and
// returns 0, or the errno.

/// The settings of a port as the kernel holds them.
typedef struct {
  uint32_t input_baud;
  uint32_t output_baud;
  uint8_t minimum_bytes;      // VMIN
  uint8_t hangs_up_on_close;  // HUPCL
  uint8_t is_raw;             // no translation, no echo, no line editing, eight bits
} cserial_settings;

int cserial_get(int descriptor, cserial_settings *settings);

/// Raw, eight bits, no parity, no flow control, VMIN 1, HUPCL off, at this rate.
int cserial_set_raw(int descriptor, uint32_t baud);

/// Nobody else may open the port.
int cserial_claim(int descriptor);

enum { CSERIAL_DTR = 1, CSERIAL_RTS = 2 };

/// Both modem lines at once: those named are raised, the others dropped.
int cserial_set_lines(int descriptor, int lines);

#endif
