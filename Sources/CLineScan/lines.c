#include "CLineScan.h"
#include "vector.h"

size_t clinescan_lines(const uint8_t *bytes, size_t count, uint32_t *ends, size_t capacity,
                       size_t *scanned, uint32_t *odd) {
  size_t found = 0;
  size_t at = 0;
  uint32_t pending = *odd;
#if CLINESCAN_VECTOR
  // A block of 64 bytes may hold 64 line feeds, so the vector loop needs that much room.
  while (count - at >= 64 && capacity - found >= 64) {
    uint64_t feeds = 0, odds = 0;
    for (int part = 0; part < 4; part++) {
      bytes16 v = load16(bytes + at + 16 * part);
      feeds |= (uint64_t)equal16(v, '\n') << (16 * part);
      odds |= (uint64_t)odd16(v) << (16 * part);
    }
    while (feeds) {
      unsigned bit = (unsigned)__builtin_ctzll(feeds);
      uint64_t through = feeds ^ (feeds - 1);  // all bits up to the line feed
      pending |= (odds & through) != 0;
      ends[found++] = (uint32_t)(at + bit) << 1 | pending;
      pending = 0;
      odds &= ~through;
      feeds &= feeds - 1;
    }
    pending |= odds != 0;
    at += 64;
  }
#endif
  while (at < count && found < capacity) {
    uint8_t byte = bytes[at];
    if (byte == '\n') {
      ends[found++] = (uint32_t)at << 1 | pending;
      pending = 0;
    } else {
      pending |= (uint32_t)is_odd(byte);
    }
    at++;
  }
  *scanned = at;
  *odd = pending;
  return found;
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
