#include "CLineScan.h"
#include "vector.h"

/// Whether the prefix of a log macro begins with these 4 bytes, `I (1`.
static inline int is_prefix(const uint8_t *p) {
  return p[2] == '(' && p[1] == ' ' && (uint8_t)(p[3] - '0') < 10 && is_level(p[0]);
}

/// Whether the digit at `at` ends the beginning of a prefix that does not stand at the start of its
/// line. `before` bytes in front of `bytes` are readable.
static inline int ends_glued_prefix(const uint8_t *bytes, size_t at, size_t before) {
  const uint8_t *digit = bytes + at;
  return at + before >= 4 && is_prefix(digit - 3) && digit[-4] != '\n';
}

#if CLINESCAN_VECTOR
#define LINES lines_16
#define WIDTH 16
#define TARGET
#include "lines.h"
#undef LINES
#undef WIDTH
#undef TARGET
#endif

#if CLINESCAN_VECTOR_32
// The same with blocks of 32 bytes.
#define LINES lines_32
#define WIDTH 32
#define TARGET CLINESCAN_TARGET_32
#define bytes16 bytes32
#define load16 load32
#define equal16 equal32
#define odd16 odd32
#define glued16 glued32
#include "lines.h"
#undef bytes16
#undef load16
#undef equal16
#undef odd16
#undef glued16
#endif

size_t clinescan_lines(const uint8_t *bytes, size_t count, size_t before, uint32_t *ends,
                       size_t capacity, size_t *scanned, uint32_t *flags) {
  size_t found = 0;
  size_t at = 0;
  uint32_t pending = *flags;
  int is_vector_done = 0;
  while (at < count && found < capacity) {
#if CLINESCAN_VECTOR
    // The blocks look 4 bytes back.
    if (!is_vector_done && at + before >= 4) {
      is_vector_done = 1;
#if CLINESCAN_VECTOR_32
      if (clinescan_can_32()) {
        lines_32(bytes, count, ends, capacity, &at, &found, &pending);
        continue;
      }
#endif
      lines_16(bytes, count, ends, capacity, &at, &found, &pending);
      continue;
    }
#endif
    uint8_t byte = bytes[at];
    if (byte == '\n') {
      ends[found++] = (uint32_t)at << 2 | pending;
      pending = 0;
    } else {
      if (is_odd(byte)) pending |= CLINESCAN_ODD;
      if (ends_glued_prefix(bytes, at, before)) pending |= CLINESCAN_GLUED;
    }
    at++;
  }
  *scanned = at;
  *flags = pending;
  return found;
}

int clinescan_is_plain(const uint8_t *bytes, size_t count) {
  return clinescan_first_odd(bytes, count) == count &&
         clinescan_first_prefix(bytes, count, 1) == count;
}

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
