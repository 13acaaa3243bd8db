// The clock that a capture tool puts before lines; see `clinescan_clock`.
#ifndef CLINESCAN_CLOCK_H
#define CLINESCAN_CLOCK_H

#include "CLineScan.h"
#include "vector.h"

/// Whether the clock stands at `line`, with other digits. Needs 48 readable bytes.
static inline int has_clock(const struct clinescan_clock *clock, const uint8_t *line) {
#if CLINESCAN_VECTOR
  for (size_t at = 0; at < clock->length; at += 16) {
    size_t left = clock->length - at;
    uint32_t wanted = left < 16 ? (1u << left) - 1 : 0xffff;
    bytes16 v = load16(line + at);
    uint32_t differing = differing16(v, load16(clock->bytes + at));
    uint32_t digits = equal16(load16(clock->digits + at), 255);
    // A digit differs from the 0 that stands for it.
    if (((differing ^ digits) & wanted) || (digits & ~digits16(v) & wanted)) return 0;
  }
#else
  for (size_t at = 0; at < clock->length; at++) {
    if (clock->digits[at] ? !is_digit(line[at]) : line[at] != clock->bytes[at]) return 0;
  }
#endif
  // Minutes and seconds stop at 59.
  for (size_t at = 0; at < clock->colon_count; at++) {
    if (line[clock->colons[at] + 1] > '5') return 0;
  }
  return 1;
}

#endif
