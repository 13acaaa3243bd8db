// Searches a text for many literals at once; see `markers.h`.
#include "markers.h"

#include "CLineScan.h"
#include "shuffle.h"

static ptrdiff_t find_scalar(const struct table *table, const uint8_t *bytes, size_t count,
                             size_t from, size_t start, uint32_t *literal) {
  for (size_t at = start; at + compared_length <= count; at++) {
    uint32_t found = match_at(table, bytes, count, from, at);
    if (found) {
      *literal = found - 1;
      return (ptrdiff_t)at;
    }
  }
  return -1;
}

#if CLINESCAN_SHUFFLE
/// Takes the candidates, one bit for each position from `at` on, until one is a literal.
static inline ptrdiff_t first_match(const struct table *table, const uint8_t *bytes, size_t count,
                                    size_t from, size_t at, uint32_t candidates,
                                    uint32_t *literal) {
  for (; candidates; candidates &= candidates - 1) {
    size_t position = at + (size_t)__builtin_ctz(candidates);
    uint32_t found = match_at(table, bytes, count, from, position);
    if (found) {
      *literal = found - 1;
      return (ptrdiff_t)position;
    }
  }
  return -1;
}
#endif

#if defined(__x86_64__) && CLINESCAN_SHUFFLE
CLINESCAN_TARGET_16 static uint32_t alarms_16(const struct lookups *lookups, const uint8_t *p) {
  __m128i hit = _mm_set1_epi8((char)~prefix_bucket);
  for (int k = 0; k < window_length; k++) {
    hit = _mm_and_si128(hit, buckets_16(p + k, _mm_loadu_si128((const __m128i *)lookups->low[k]),
                                        _mm_loadu_si128((const __m128i *)lookups->high[k])));
  }
  return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(hit, _mm_setzero_si128())) & 0xffff;
}
#elif CLINESCAN_SHUFFLE
static uint32_t alarms_16(const struct lookups *lookups, const uint8_t *p) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t hit = vdupq_n_u8((uint8_t)~prefix_bucket);
  for (int k = 0; k < window_length; k++) {
    hit = vandq_u8(hit, buckets_16(p + k, vld1q_u8(lookups->low[k]), vld1q_u8(lookups->high[k])));
  }
  uint8x16_t bits = vandq_u8(vtstq_u8(hit, hit), vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}
#endif

ptrdiff_t clinescan_markers_find(const void *memory, const uint8_t *bytes, size_t count,
                                 size_t from, size_t start, uint32_t *literal) {
  const struct table *table = memory;
  size_t at = start;
#if CLINESCAN_SHUFFLE
  if (clinescan_can_shuffle_16()) {
    for (; at < count && count - at >= 16 + window_length - 1; at += 16) {
      uint32_t candidates = alarms_16(&table->lookups, bytes + at);
      ptrdiff_t found = first_match(table, bytes, count, from, at, candidates, literal);
      if (found >= 0) return found;
    }
  }
#endif
  return find_scalar(table, bytes, count, from, at, literal);
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
