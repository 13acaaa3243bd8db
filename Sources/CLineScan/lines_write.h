// Notes what was seen in 64 bytes, for block loops without better instructions for it.
#ifndef CLINESCAN_LINES_WRITE_H
#define CLINESCAN_LINES_WRITE_H

#include "lines.h"

/// Notes the places of alarms, each relative to the first block.
static inline void write_alarms(uint16_t *places, size_t *count, size_t at, uint64_t alarms) {
  uint16_t *next = places + *count;
  *count += (size_t)__builtin_popcountll(alarms);
  // What is written too much is written over: most blocks take the same way.
  do {
    for (int part = 0; part < 2; part++) {
      *next++ = (uint16_t)(at + (size_t)__builtin_ctzll(alarms | 1ull << 63));
      alarms &= alarms - 1;
    }
  } while (alarms);
}

/// Notes the ends of lines with nothing to note about them.
static inline uint32_t *write_feeds(uint32_t *ends, size_t at, uint64_t feeds) {
  uint32_t *next = ends;
  ends += __builtin_popcountll(feeds);
  do {
    for (int part = 0; part < 2; part++) {
      *next++ = (uint32_t)(at + (size_t)__builtin_ctzll(feeds | 1ull << 63)) << entry_shift;
      feeds &= feeds - 1;
    }
  } while (feeds);
  return ends;
}

#endif
