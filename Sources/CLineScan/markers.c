// Searches for many literals at once.
//
// The scheme is Teddy (Intel Hyperscan): the literals are dealt out to 8 buckets; for 5 bytes of
// each (its window, chosen so that windows in a bucket are rare and alike) two tables of 16 entries,
// one for each half of the byte, say in which buckets such a byte occurs. A byte shuffle looks up 32
// positions at once, and only where all ten answers share a bucket the literals themselves are
// compared. Five bytes and not three, because with hundreds of literals it is the false alarms that
// cost: each is a jump that the processor could not foresee.
#include <string.h>

#include "CLineScan.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#define HAVE_SHUFFLE 1
#define SHUFFLE_TARGET __attribute__((target("ssse3")))
typedef __m128i block;
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define HAVE_SHUFFLE 1
#define SHUFFLE_TARGET
typedef uint8x16_t block;
#endif

enum {
  window_length = 5,
  compared_length = 4,  // how much of a window is hashed; a literal may be as short as this
  head_count = 4096,
  bucket_count = 8,
  longest_skip = 16,
  class_count = 20,
};

struct entry {
  uint32_t window;  // the first bytes of what is looked for
  uint32_t skip;    // how many bytes of the literal stand before them
  uint32_t length;
  uint32_t offset;  // of the literal's text, in bytes from the start of the table
  uint32_t next;    // index + 1 of the next entry with the same hash, 0 at the end
};

struct table {
  uint8_t low[window_length][16];
  uint8_t high[window_length][16];
  uint16_t heads[head_count];  // index + 1 of the first entry with that hash
  struct entry entries[];
};

static inline uint32_t window_at(const uint8_t *p) {
  uint32_t window;
  memcpy(&window, p, sizeof window);
  return window;
}

static inline uint32_t hash(uint32_t window) { return (window * 2654435761u) >> 20; }

/// How common a byte is in the text of logs, roughly.
static float commonness(uint8_t byte) {
  if (byte < ' ' || byte > '~') return 0.01f;
  if (byte == ' ') return 0.14f;
  if (memchr("aeinorst", byte, 8)) return 0.042f;
  if (byte >= 'a' && byte <= 'z') return 0.013f;
  if (byte >= '0' && byte <= '9') return 0.022f;
  if (memchr(":._(),", byte, 6)) return 0.012f;
  return 0.001f;
}

/// The bytes that a bucket lets through at one place of its windows: every combination of the halves
/// that occur there.
struct place {
  float sum;                     // how common all of them are
  float of_low[16];              // what a new low half would add, 0 for those that occur
  float of_high[16];             // what a new high half would add
  float lacks_low[16], lacks_high[16];  // 1 for those that do not occur, else 0
};

/// What `sum` would be with one more byte; without a branch, because it is asked very often.
static inline float sum_with(const struct place *place, const float weights[256], uint8_t byte) {
  int low = byte & 15, high = byte >> 4;
  return place->sum + place->of_low[low] + place->of_high[high] +
         place->lacks_low[low] * place->lacks_high[high] * weights[byte];
}

static void add(struct place *place, const float weights[256], uint8_t byte) {
  int low = byte & 15, high = byte >> 4;
  place->sum = sum_with(place, weights, byte);
  int is_new_low = place->lacks_low[low] > 0, is_new_high = place->lacks_high[high] > 0;
  place->lacks_low[low] = place->lacks_high[high] = 0;
  place->of_low[low] = place->of_high[high] = 0;
  for (int half = 0; half < 16; half++) {
    if (is_new_high) place->of_low[half] += place->lacks_low[half] * weights[high << 4 | half];
    if (is_new_low) place->of_high[half] += place->lacks_high[half] * weights[half << 4 | low];
  }
}

/// How rare the rarest window of a literal is; 0 is the rarest, `class_count` - 1 the most common.
static int rarity(const float weights[256], const uint8_t *literal, uint32_t length) {
  uint32_t known = length < window_length ? length : window_length;
  float least = 1;
  for (uint32_t s = 0; s + known <= length && s < longest_skip; s++) {
    float rate = 1;
    for (uint32_t k = 0; k < known; k++) rate *= weights[literal[s + k]];
    if (rate < least) least = rate;
  }
  int class = class_count - 1;
  for (float limit = 0.05f; class > 0 && least < limit; limit /= 16) class--;
  return class;
}

size_t clinescan_markers_size(size_t count, size_t length) {
  return sizeof(struct table) + count * sizeof(struct entry) + length;
}

/// Chooses window and bucket of a literal so that they add the fewest false alarms.
static void deal(struct table *table, struct place places[bucket_count][window_length],
                 float alarm_rates[bucket_count], const float weights[256],
                 const uint8_t *literal, struct entry *entry) {
  // A literal shorter than a window lets any byte through behind its end.
  uint32_t known = entry->length < window_length ? entry->length : window_length;
  int bucket = 0;
  float least = -1;
  for (uint32_t s = 0; s + known <= entry->length && s < longest_skip; s++) {
    for (int b = 0; b < bucket_count; b++) {
      float rate = 1;
      for (uint32_t k = 0; k < known; k++) {
        rate *= sum_with(&places[b][k], weights, literal[s + k]);
      }
      float growth = rate - alarm_rates[b];
      if (least < 0 || growth < least) {
        least = growth;
        bucket = b;
        entry->skip = s;
      }
    }
  }
  const uint8_t *window = literal + entry->skip;
  entry->window = window_at(window);
  uint8_t bit = (uint8_t)(1u << bucket);
  alarm_rates[bucket] = 1;
  for (uint32_t k = 0; k < window_length; k++) {
    struct place *place = &places[bucket][k];
    if (k < known) {
      add(place, weights, window[k]);
      table->low[k][window[k] & 15] |= bit;
      table->high[k][window[k] >> 4] |= bit;
    } else {
      for (int half = 0; half < 16; half++) {
        add(place, weights, (uint8_t)(half * 17));
        table->low[k][half] |= bit;
        table->high[k][half] |= bit;
      }
    }
    alarm_rates[bucket] *= place->sum;
  }
}

void clinescan_markers_build(void *memory, const uint8_t *literals, const uint32_t *lengths,
                             size_t count) {
  struct table *table = memory;
  memset(table, 0, sizeof *table);
  float weights[256];
  for (int byte = 0; byte < 256; byte++) weights[byte] = commonness((uint8_t)byte);
  uint32_t offset = (uint32_t)(sizeof *table + count * sizeof(struct entry));
  for (size_t index = 0; index < count; index++) {
    struct entry *entry = &table->entries[index];
    *entry = (struct entry){.length = lengths[index], .offset = offset};
    memcpy((uint8_t *)memory + offset, literals, lengths[index]);
    offset += lengths[index];
    literals += lengths[index];
    entry->next = (uint32_t)rarity(weights, (uint8_t *)memory + entry->offset, entry->length);
  }

  struct place places[bucket_count][window_length];
  memset(places, 0, sizeof places);
  for (int b = 0; b < bucket_count; b++) {
    for (int k = 0; k < window_length; k++) {
      for (int half = 0; half < 16; half++) {
        places[b][k].lacks_low[half] = places[b][k].lacks_high[half] = 1;
      }
    }
  }
  float alarm_rates[bucket_count] = {0};
  // The literals without a rare window come first: what they let through, the others may use.
  for (uint32_t class = class_count; class-- > 0;) {
    for (size_t index = 0; index < count; index++) {
      struct entry *entry = &table->entries[index];
      if (entry->next != class) continue;
      deal(table, places, alarm_rates, weights, (uint8_t *)memory + entry->offset, entry);
    }
  }

  for (size_t index = count; index-- > 0;) {
    struct entry *entry = &table->entries[index];
    uint16_t *head = &table->heads[hash(entry->window)];
    entry->next = *head;
    *head = (uint16_t)(index + 1);
  }
}

/// The first entry from the index `next` - 1 on whose window stands at `at` and which begins at or
/// after `from`, as index + 1.
static uint32_t match(const struct table *table, const uint8_t *bytes, size_t count, size_t from,
                      size_t at, uint32_t next) {
  uint32_t window = window_at(bytes + at);
  while (next) {
    const struct entry *entry = &table->entries[next - 1];
    if (entry->window == window && at - from >= entry->skip &&
        count - at >= entry->length - entry->skip &&
        memcmp((const uint8_t *)table + entry->offset, bytes + at - entry->skip,
               entry->length) == 0) {
      return next;
    }
    next = entry->next;
  }
  return 0;
}

static inline uint32_t match_at(const struct table *table, const uint8_t *bytes, size_t count,
                                size_t from, size_t at) {
  uint32_t head = table->heads[hash(window_at(bytes + at))];
  return head ? match(table, bytes, count, from, at, head) : 0;
}

static ptrdiff_t find_scalar(const struct table *table, const uint8_t *bytes, size_t count,
                             size_t from, size_t start, uint32_t *literal) {
  for (size_t at = start; at + compared_length <= count; at++) {
    uint8_t buckets = table->low[0][bytes[at] & 15] & table->high[0][bytes[at] >> 4];
    for (int k = 1; buckets && k < compared_length; k++) {
      buckets &= table->low[k][bytes[at + k] & 15] & table->high[k][bytes[at + k] >> 4];
    }
    if (!buckets) continue;
    uint32_t found = match_at(table, bytes, count, from, at);
    if (found) {
      *literal = found - 1;
      return (ptrdiff_t)at;
    }
  }
  return -1;
}

#if HAVE_SHUFFLE
#if defined(__x86_64__)
SHUFFLE_TARGET static inline block load(const uint8_t *p) {
  return _mm_loadu_si128((const __m128i *)p);
}

SHUFFLE_TARGET static inline block load_table(const uint8_t *p) { return load(p); }

/// The buckets in which each of 16 bytes occurs.
SHUFFLE_TARGET static inline block buckets(block v, block low, block high) {
  block nibble = _mm_set1_epi8(15);
  block l = _mm_shuffle_epi8(low, _mm_and_si128(v, nibble));
  block h = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(v, 4), nibble));
  return _mm_and_si128(l, h);
}

SHUFFLE_TARGET static inline block both(block a, block b) { return _mm_and_si128(a, b); }

/// One bit for each byte that is not zero.
SHUFFLE_TARGET static inline uint32_t alarms(block v) {
  return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) & 0xffff;
}

static inline int can_shuffle(void) { return __builtin_cpu_supports("ssse3"); }
#else
static inline block load(const uint8_t *p) { return vld1q_u8(p); }

static inline block load_table(const uint8_t *p) { return load(p); }

/// The buckets in which each of 16 bytes occurs.
static inline block buckets(block v, block low, block high) {
  return vandq_u8(vqtbl1q_u8(low, vandq_u8(v, vdupq_n_u8(15))), vqtbl1q_u8(high, vshrq_n_u8(v, 4)));
}

static inline block both(block a, block b) { return vandq_u8(a, b); }

/// One bit for each byte that is not zero.
static inline uint32_t alarms(block v) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  block bits = vandq_u8(vtstq_u8(v, v), vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

static inline int can_shuffle(void) { return 1; }
#endif

#define FIND find_16
#define WIDTH 16
#include "teddy.h"
#undef FIND
#undef WIDTH

#if defined(__x86_64__)
// The same with blocks of 32 bytes.
#define block __m256i
#define load load_32
#define load_table load_table_32
#define buckets buckets_32
#define both both_32
#define alarms alarms_32
#undef SHUFFLE_TARGET
#define SHUFFLE_TARGET __attribute__((target("avx2")))

SHUFFLE_TARGET static inline block load(const uint8_t *p) {
  return _mm256_loadu_si256((const __m256i *)p);
}

SHUFFLE_TARGET static inline block load_table(const uint8_t *p) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)p));
}

SHUFFLE_TARGET static inline block buckets(block v, block low, block high) {
  block nibble = _mm256_set1_epi8(15);
  block l = _mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble));
  block h = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
  return _mm256_and_si256(l, h);
}

SHUFFLE_TARGET static inline block both(block a, block b) { return _mm256_and_si256(a, b); }

SHUFFLE_TARGET static inline uint32_t alarms(block v) {
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

#define FIND find_32
#define WIDTH 32
#include "teddy.h"

static inline int can_shuffle_32(void) { return __builtin_cpu_supports("avx2"); }
#endif
#endif

ptrdiff_t clinescan_markers_find(const void *memory, const uint8_t *bytes, size_t count,
                                 size_t from, size_t start, uint32_t *literal) {
  const struct table *table = memory;
  if (count < compared_length || start > count - compared_length) return -1;
#if HAVE_SHUFFLE
#if defined(__x86_64__)
  if (count - start >= 32 + window_length - 1 && can_shuffle_32()) {
    return find_32(table, bytes, count, from, start, literal);
  }
#endif
  if (count - start >= 16 + window_length - 1 && can_shuffle()) {
    return find_16(table, bytes, count, from, start, literal);
  }
#endif
  return find_scalar(table, bytes, count, from, start, literal);
}

ptrdiff_t clinescan_markers_next(const void *memory, const uint8_t *bytes, size_t count,
                                 size_t from, size_t at, uint32_t literal) {
  const struct table *table = memory;
  if (count < compared_length || at > count - compared_length) return -1;
  uint32_t found = match(table, bytes, count, from, at, table->entries[literal].next);
  return found ? (ptrdiff_t)found - 1 : -1;
}

uint32_t clinescan_markers_skip(const void *memory, uint32_t literal) {
  return ((const struct table *)memory)->entries[literal].skip;
}
