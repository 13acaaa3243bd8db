// Learns the clock that a capture tool puts before lines.
#include "clock.h"

#include <string.h>

void clinescan_clock_learn(struct clinescan_clock *clock, const uint8_t *bytes, size_t length) {
  memset(clock, 0, sizeof *clock);
  if (length > sizeof clock->bytes) return;
  for (size_t at = 0; at < length; at++) {
    if (is_digit(bytes[at])) {
      clock->digits[at] = 255;
    } else {
      clock->bytes[at] = bytes[at];
      if (bytes[at] != ':' || at + 1 >= length || !is_digit(bytes[at + 1])) continue;
      if (clock->colon_count == sizeof clock->colons) return;
      clock->colons[clock->colon_count++] = (uint8_t)at;
    }
  }
  clock->length = (uint8_t)length;
}
