// Searches for many literals at once.
//
// The scheme is Teddy (Intel Hyperscan): the literals are dealt out to 8 buckets; for 4 bytes of
// each (its window, chosen so that windows in a bucket are rare and alike) two tables of 16 entries, one for each half of the byte, say in which
// buckets such a byte occurs. A byte shuffle looks up 16 positions at once, and only where all
// eight answers share a bucket the literals themselves are compared.
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

enum { window_length = 4, head_count = 1024 };

struct entry {
  uint32_t window;  // the bytes that are looked for
  uint32_t skip;    // how many bytes of the literal stand before them
  uint32_t length;
  uint32_t offset;  // of the literal's text, in bytes from the start of the table
  uint32_t next;    // index + 1 of the next entry with the same hash, 0 at the end
};

struct table {
  uint8_t low[window_length][16];
  uint8_t high[window_length][16];
  uint32_t heads[head_count];  // index + 1 of the first entry with that hash
  struct entry entries[];
};

static inline uint32_t window_at(const uint8_t *p) {
  uint32_t window;
  memcpy(&window, p, sizeof window);
  return window;
}

static inline uint32_t hash(uint32_t window) { return (window * 2654435761u) >> 22; }

/// How common a byte is in the text of logs, roughly.
static float commonness(uint8_t byte) {
  if (byte < ' ' || byte > '~') return 0.3f;
  if (byte == ' ') return 16;
  if (memchr("aeinorst", byte, 8)) return 12;
  if (byte >= 'a' && byte <= 'z') return 7;
  if (byte >= '0' && byte <= '9') return 8;
  if (byte == ':' || byte == '.' || byte == '_') return 5;
  return 1;
}

enum { bucket_count = 8, longest_skip = 16 };

/// How often a bucket raises an alarm at one of the 4 places, if a byte is added to it.
struct place {
  uint16_t lows, highs;  // the half bytes that the bucket lets through, as bits
  float sum;             // of the commonness of all bytes that it lets through
  float sums[128];       // the same, with a byte added
};

static void update_sums(struct place *place, const float weights[256]) {
  for (int byte = 0; byte < 128; byte++) {
    int low = byte & 15, high = byte >> 4;
    float sum = place->sum;
    if (!(place->lows >> low & 1)) {
      for (int h = 0; h < 16; h++) {
        if (place->highs >> h & 1) sum += weights[h << 4 | low];
      }
    }
    if (!(place->highs >> high & 1)) {
      uint16_t lows = (uint16_t)(place->lows | 1u << low);
      for (int l = 0; l < 16; l++) {
        if (lows >> l & 1) sum += weights[high << 4 | l];
      }
    }
    place->sums[byte] = sum;
  }
}

static inline float sum_with(const struct place *place, uint8_t byte) {
  return byte < 128 ? place->sums[byte] : place->sum + 16;
}

size_t clinescan_markers_size(size_t count, size_t length) {
  return sizeof(struct table) + count * sizeof(struct entry) + length;
}

void clinescan_markers_build(void *memory, const uint8_t *literals, const uint32_t *lengths,
                             size_t count) {
  struct table *table = memory;
  memset(table, 0, sizeof *table);
  size_t offset = sizeof *table + count * sizeof(struct entry);
  float weights[256];
  for (int byte = 0; byte < 256; byte++) weights[byte] = commonness((uint8_t)byte);
  struct place places[bucket_count][window_length];
  memset(places, 0, sizeof places);
  float alarm_rates[bucket_count] = {0};
  for (int bucket = 0; bucket < bucket_count; bucket++) {
    for (int k = 0; k < window_length; k++) update_sums(&places[bucket][k], weights);
  }
  uint32_t tails[head_count] = {0};
  for (size_t index = 0; index < count; index++) {
    const uint8_t *literal = literals;
    uint32_t length = lengths[index];

    // The window and the bucket are taken that add the fewest false alarms.
    int bucket = 0;
    uint32_t skip = 0;
    float least = -1;
    for (uint32_t s = 0; s + window_length <= length && s < longest_skip; s++) {
      for (int b = 0; b < bucket_count; b++) {
        float rate = 1;
        for (int k = 0; k < window_length; k++) rate *= sum_with(&places[b][k], literal[s + k]);
        float growth = rate - alarm_rates[b];
        if (least < 0 || growth < least) {
          least = growth;
          bucket = b;
          skip = s;
        }
      }
    }
    const uint8_t *window = literal + skip;
    alarm_rates[bucket] += least;
    for (int k = 0; k < window_length; k++) {
      struct place *place = &places[bucket][k];
      place->sum = sum_with(place, window[k]);
      place->lows |= (uint16_t)(1u << (window[k] & 15));
      place->highs |= (uint16_t)(1u << (window[k] >> 4));
      update_sums(place, weights);
      table->low[k][window[k] & 15] |= (uint8_t)(1u << bucket);
      table->high[k][window[k] >> 4] |= (uint8_t)(1u << bucket);
    }

    struct entry *entry = &table->entries[index];
    entry->window = window_at(window);
    entry->skip = skip;
    entry->length = length;
    entry->offset = (uint32_t)offset;
    entry->next = 0;
    memcpy((uint8_t *)memory + offset, literal, length);
    offset += length;
    literals += length;
    uint32_t h = hash(entry->window);
    if (tails[h]) {
      table->entries[tails[h] - 1].next = (uint32_t)index + 1;
    } else {
      table->heads[h] = (uint32_t)index + 1;
    }
    tails[h] = (uint32_t)index + 1;
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
  for (size_t at = start; at + window_length <= count; at++) {
    uint8_t buckets = table->low[0][bytes[at] & 15] & table->high[0][bytes[at] >> 4];
    for (int k = 1; buckets && k < window_length; k++) {
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
  if (count < window_length || start > count - window_length) return -1;
#if HAVE_SHUFFLE
#if defined(__x86_64__)
  if (count - start >= 32 + 3 && can_shuffle_32()) {
    return find_32(table, bytes, count, from, start, literal);
  }
#endif
  if (count - start >= 16 + 3 && can_shuffle()) {
    return find_16(table, bytes, count, from, start, literal);
  }
#endif
  return find_scalar(table, bytes, count, from, start, literal);
}

ptrdiff_t clinescan_markers_next(const void *memory, const uint8_t *bytes, size_t count,
                                 size_t from, size_t at, uint32_t literal) {
  const struct table *table = memory;
  if (count < window_length || at > count - window_length) return -1;
  uint32_t found = match(table, bytes, count, from, at, table->entries[literal].next);
  return found ? (ptrdiff_t)found - 1 : -1;
}

uint32_t clinescan_markers_skip(const void *memory, uint32_t literal) {
  return ((const struct table *)memory)->entries[literal].skip;
}
