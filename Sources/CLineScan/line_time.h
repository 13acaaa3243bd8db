// Reads the time of a line of the log macros, `I (1234) `.
#ifndef CLINESCAN_LINE_TIME_H
#define CLINESCAN_LINE_TIME_H

#include <string.h>

#include "vector.h"

/// Reads 9 or 10 digits.
static inline int read_long_time(const uint8_t *digits, size_t length, int64_t *time) {
  int64_t value = 0;
  for (size_t at = 0; at < length; at++) {
    if (!is_digit(digits[at])) return 0;
    value = value * 10 + (digits[at] - '0');
  }
  *time = value;
  return 1;
}

/// Reads 1 to 10 digits, up to 8 of them at once; 0 if there are fewer or more, or others. Needs 10 bytes to be
/// readable.
static inline int read_time(const uint8_t *digits, size_t length, int64_t *time) {
  if (length - 1 >= 8) {
    return length != 0 && length <= 10 && read_long_time(digits, length, time);
  }
  unsigned shift = 64 - 8 * (unsigned)length;
  uint64_t word;
  memcpy(&word, digits, sizeof word);
  word ^= 0x3030303030303030u;
  // A digit is below 10, and stays below 16 with 6 more. What stands behind the digits is moved out; what it may carry
  // goes away from them.
  if (((word | (word + 0x0606060606060606u)) << shift) & 0xf0f0f0f0f0f0f0f0u) return 0;
  word <<= shift;
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000ff000000ffu) * 0x000f424000000064u +
          (word >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >> 32;
  *time = (int64_t)word;
  return 1;
}

#endif
