// Looks for single bytes and shapes in one line.
#include "CLineScan.h"
#include "vector.h"

size_t clinescan_first_prefix(const uint8_t *bytes, size_t count, size_t from) {
  for (size_t at = from + 2; (at = clinescan_first_byte(bytes, count, at, '(')) + 1 < count; at++) {
    if (is_prefix(bytes + at - 2)) return at - 2;
  }
  return count;
}

size_t clinescan_first_odd(const uint8_t *bytes, size_t count) {
  size_t at = 0;
#if CLINESCAN_VECTOR
  for (; count - at >= 16; at += 16) {
    uint32_t odds = odd16(load16(bytes + at));
    if (odds) return at + (size_t)__builtin_ctz(odds);
  }
#endif
  for (; at < count; at++) {
    if (is_odd(bytes[at])) return at;
  }
  return count;
}

size_t clinescan_first_byte(const uint8_t *bytes, size_t count, size_t from, uint8_t byte) {
  size_t at = from;
#if CLINESCAN_VECTOR
  for (; at < count && count - at >= 16; at += 16) {
    uint32_t found = equal16(load16(bytes + at), byte);
    if (found) return at + (size_t)__builtin_ctz(found);
  }
#endif
  for (; at < count; at++) {
    if (bytes[at] == byte) return at;
  }
  return count;
}
