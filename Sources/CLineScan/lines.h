// The reading of a window of a log, shared by `lines.c` and the block loops in `lines_loop.h`.
#ifndef CLINESCAN_LINES_H
#define CLINESCAN_LINES_H

#include "CLineScan.h"
#include "markers.h"
#include "vector.h"

enum {
  odd_one = 1,     // the odd bytes of a line, as far as they are counted
  glued_one = 4,   // the glued prefixes
  entry_shift = 5,
  // How many bytes are read before their alarms are looked at: few enough for a list of them all.
  stretch = 4096,
  // So many bytes behind a block are read with it.
  behind_block = 8,
};

/// How far the reading is, and what was found.
struct reading {
  const struct table *table;
  const uint8_t *bytes;
  size_t before, count, behind;
  uint32_t *ends;
  size_t capacity;
  size_t at, written;
  uint32_t flags;  // of the line that is unfinished at `at`
};

/// One bit for each of 64 bytes.
struct sights {
  uint64_t feeds, odds;
  uint64_t prefixes, alarms;  // where a log prefix and a literal may begin
};

static inline uint32_t with_odd(uint32_t flags, uint64_t count) {
  uint64_t all = (flags & 3) + count;
  return (flags & ~3u) | (uint32_t)(all > 3 ? 3 : all);
}

static inline uint32_t with_glued(uint32_t flags, uint64_t count) {
  uint64_t all = (flags >> 2 & 3) + count;
  return (flags & ~12u) | (uint32_t)(all > 2 ? 2 : all) << 2;
}

/// Those of the places where a prefix indeed begins; lookups by halves of bytes only come near it.
static inline uint64_t true_prefixes(const uint8_t *p, uint64_t prefixes) {
  uint64_t rest = prefixes;
  for (; rest; rest &= rest - 1) {
    if (!is_prefix(p + __builtin_ctzll(rest))) prefixes &= ~(rest & -rest);
  }
  return prefixes;
}

/// Notes the ends of lines in which there is something to note, and what.
static inline uint32_t *note_lines(uint32_t *next, size_t at, const struct sights *sights,
                                   uint64_t glued, uint32_t *pending) {
  uint64_t feeds = sights->feeds, odds = sights->odds;
  uint32_t flags = *pending;
  for (; feeds; feeds &= feeds - 1) {
    uint64_t through = feeds ^ (feeds - 1);  // all bits up to the line feed
    flags = with_odd(flags, (uint64_t)__builtin_popcountll(odds & through));
    flags = with_glued(flags, (uint64_t)__builtin_popcountll(glued & through));
    uint32_t end = (uint32_t)at + (uint32_t)__builtin_ctzll(feeds);
    *next++ = end << entry_shift | flags;
    flags = 0;
    odds &= ~through;
    glued &= ~through;
  }
  flags = with_odd(flags, (uint64_t)__builtin_popcountll(odds));
  *pending = with_glued(flags, (uint64_t)__builtin_popcountll(glued));
  return next;
}

/// Looks at the places where a literal may begin, in order and relative to `base`; all have been read. None stands in
/// front of the line with the index `line`.
void clinescan_note_markers(struct reading *reading, size_t base, size_t line, uint16_t *places,
                            size_t count);

/// Take blocks of 64 bytes as long as there are some, 16, 32 and 64 bytes at a time; where they are missing, and behind
/// the last block, single steps do the same.
void clinescan_loop_16(struct reading *reading);
void clinescan_loop_32(struct reading *reading);
void clinescan_loop_64(struct reading *reading);

/// Whether the processor, and the system with it, can handle 64 bytes at once.
int clinescan_can_loop_64(void);

#endif
