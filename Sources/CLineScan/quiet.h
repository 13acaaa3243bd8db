// Who listens to which log lines, shared by those who note it and those who step over lines.
#ifndef CLINESCAN_QUIET_H
#define CLINESCAN_QUIET_H

#include <string.h>

#include "CLineScan.h"
#include "vector.h"

enum {
  longest_tag = 31,
  cell_bits = 12,
  opening_bits = 12,
  // So many bytes of an opening are compared.
  longest_opening = 28,
  plain_bits = 14,
  // The ears of tags to which nobody listens, or everybody.
  deaf = 0,
  all_ears = CLINESCAN_EARS + 1,
};

struct slot {
  uint64_t tag;  // a hash, 0 where the slot is free
  uint64_t ear;
};

/// A filter of the first 4 bytes of messages.
struct openings {
  uint64_t of_4[(1 << opening_bits) / 64];
};

/// How messages begin that somebody listens to.
struct opening {
  uint8_t text[longest_opening];
  uint16_t length;
  uint16_t next;  // index + 1 of the next one with the same hash, 0 at the end
};

struct quiet {
  uint64_t last_slot;                           // the number of slots, a power of two, less one
  uint8_t ears[1 << cell_bits];                 // by some bits of the hash of a tag
  struct openings openings[CLINESCAN_EARS + 2]; // none under `deaf`, all under `all_ears`
  uint8_t names[1 << cell_bits];                // 1 for tags that are known without level and time
  uint8_t plain[256];                           // `enum clinescan_plain`, by the first byte of a line
  uint64_t plain_openings[(1 << plain_bits) / 64];
  uint16_t opening_heads[1 << opening_bits];    // index + 1 of the first opening with that hash
  uint64_t opening_count, opening_capacity;
  uint64_t is_full;                             // an opening did not find room
  struct slot slots[];                          // and behind them the openings
};

static inline struct opening *openings_of(const struct quiet *quiet) {
  return (struct opening *)(uintptr_t)(quiet->slots + quiet->last_slot + 1);
}

static inline uint64_t word_at(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/// Bytes that cover a prefix of up to 31 bytes: loaded from 32 - n on, n of them are set.
static const uint8_t clinescan_cover[64] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

/// Needs 32 bytes from `tag` on to be readable. Never 0, which marks free slots.
__attribute__((always_inline)) static inline uint64_t hash_of_tag(const uint8_t *tag, size_t length) {
  const uint8_t *mask = clinescan_cover + 32 - length;
  uint64_t a = word_at(tag) & word_at(mask), b = word_at(tag + 8) & word_at(mask + 8);
  uint64_t hash = (a ^ (b << 29 | b >> 35)) * 0x9e3779b97f4a7c15u;
  if (length > 16) {
    uint64_t c = word_at(tag + 16) & word_at(mask + 16), d = word_at(tag + 24) & word_at(mask + 24);
    hash = (hash ^ (hash >> 31) ^ c ^ (d << 31 | d >> 33)) * 0xff51afd7ed558ccdu;
  }
  return (hash ^ hash >> 29) | 1;
}

static inline size_t slot_of(const struct quiet *quiet, uint64_t hash) {
  return hash >> 40 & quiet->last_slot;
}

static inline size_t cell_of(uint64_t hash) { return hash >> 20 & ((1 << cell_bits) - 1); }

static inline uint32_t opening_of_4(const uint8_t *message) {
  uint32_t word;
  memcpy(&word, message, sizeof word);
  return word * 2654435761u >> (32 - opening_bits);
}

static inline uint32_t plain_opening_of(const uint8_t *text) {
  uint32_t word;
  memcpy(&word, text, sizeof word);
  return word * 2654435761u >> (32 - plain_bits);
}

static inline uint64_t bit_of(const uint64_t *bits, uint32_t bit) {
  return bits[bit >> 6] >> (bit & 63) & 1;
}

/// Whether a line without a log prefix, in which nothing is flagged, means nothing to anybody. Needs 64 readable bytes
/// behind its end.
int clinescan_is_plain_quiet(const struct quiet *quiet, enum clinescan_prints prints,
                             const uint8_t *text, const uint8_t *end);

/// The same with 64 bytes at once, for a processor that can handle these.
int clinescan_is_plain_quiet_64(const struct quiet *quiet, enum clinescan_prints prints,
                                const uint8_t *text, const uint8_t *end);

#endif
