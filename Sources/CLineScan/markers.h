// The table of a marker search, shared by those who build and who search it.
//
// The scheme is Teddy (Intel Hyperscan): the literals are dealt out to buckets; for 5 bytes of
// each (its window, chosen so that windows in a bucket are rare and alike) tables say in which buckets such a byte
// may occur at that place. Vector instructions look up many positions at once, and only where all five answers
// share a bucket the literals themselves are compared. Five bytes and not three, because with hundreds of literals
// it is the false alarms that cost.
#ifndef CLINESCAN_MARKERS_H
#define CLINESCAN_MARKERS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  window_length = 5,
  compared_length = 4,  // how much of a window is hashed; a literal may be as short as this
  head_count = 4096,
  seen_bits = 14,
  window_bits = 15,
  bucket_count = 7,
};

/// The bucket of what is no literal: the beginning of a log macro's prefix, `I (1`.
static const uint8_t prefix_bucket = 1u << bucket_count;

struct entry {
  uint32_t window;  // the first bytes of what is looked for
  uint32_t skip;    // how many bytes of the literal stand before them
  uint32_t length;
  uint32_t offset;  // of the literal's text, in bytes from the start of the table
  uint32_t next;    // index + 1 of the next entry with the same hash, 0 at the end
};

/// For each place of a window, in which buckets a byte may occur there.
struct lookups {
  uint8_t low[window_length][16];    // by the lower half of the byte,
  uint8_t high[window_length][16];   // and by the upper one: both must agree
  uint8_t exact[window_length][128]; // by the lower 7 bits
};

struct table {
  struct lookups lookups;
  uint64_t windows[(1 << window_bits) / 64];  // which hashes there are of windows
  // Which hashes there are of 8 bytes, from a window on or 3 bytes before it; of windows where a literal has
  // neither.
  uint64_t seen[(1 << seen_bits) / 64], short_seen[(1 << seen_bits) / 64];
  uint16_t heads[head_count];            // index + 1 of the first entry with that hash
  struct entry entries[];
};

static inline uint32_t window_at(const uint8_t *p) {
  uint32_t window;
  memcpy(&window, p, sizeof window);
  return window;
}

static inline uint32_t hash_of_window(uint32_t window) { return window * 2654435761u; }

static inline uint32_t head_of(uint32_t hash) { return hash >> 20; }

static inline uint32_t seen_bit(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return (uint32_t)(word * 0x9e3779b97f4a7c15u >> (64 - seen_bits));
}

static inline uint32_t short_seen_bit(const uint8_t *p) {
  return hash_of_window(window_at(p)) >> (32 - seen_bits);
}

static inline uint32_t bit_of_words(const uint64_t *words, uint32_t bit) {
  return (uint32_t)(words[bit >> 6] >> (bit & 63)) & 1;
}

/// 1 if a window of a literal may begin like this, else 0. Needs 4 bytes.
static inline uint32_t is_window(const struct table *table, const uint8_t *p) {
  return bit_of_words(table->windows, hash_of_window(window_at(p)) >> (32 - window_bits));
}

/// 1 if there may be a literal with such a window, else 0. Needs 8 bytes, and 3 before them.
static inline uint32_t is_seen(const struct table *table, const uint8_t *p) {
  return bit_of_words(table->seen, seen_bit(p)) | bit_of_words(table->seen, seen_bit(p - 3)) |
         bit_of_words(table->short_seen, short_seen_bit(p));
}

/// The first entry from the index `next` - 1 on whose window stands at `at` and which begins at or
/// after `from`, as index + 1.
static inline uint32_t match(const struct table *table, const uint8_t *bytes, size_t count,
                             size_t from, size_t at, uint32_t next) {
  uint32_t window = window_at(bytes + at);
  while (next) {
    const struct entry *entry = &table->entries[next - 1];
    if (entry->window == window && at - from >= entry->skip &&
        count - at >= entry->length - entry->skip &&
        // The beginning tells most apart without a call.
        window_at((const uint8_t *)table + entry->offset) == window_at(bytes + at - entry->skip) &&
        memcmp((const uint8_t *)table + entry->offset, bytes + at - entry->skip,
               entry->length) == 0) {
      return next;
    }
    next = entry->next;
  }
  return 0;
}

/// The first entry whose window stands at `at`, as index + 1. Needs 4 bytes there.
static inline uint32_t match_at(const struct table *table, const uint8_t *bytes, size_t count,
                                size_t from, size_t at) {
  if (count - at >= 8 && at >= 3 && !is_seen(table, bytes + at)) return 0;
  uint32_t head = table->heads[head_of(hash_of_window(window_at(bytes + at)))];
  return head ? match(table, bytes, count, from, at, head) : 0;
}

#endif
