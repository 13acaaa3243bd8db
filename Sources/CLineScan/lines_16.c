// The block loop for 16 bytes at a time.
#include "lines_write.h"
#include "shuffle.h"

#if CLINESCAN_SHUFFLE && CLINESCAN_VECTOR
/// Sees 64 bytes, 16 at a time.
CLINESCAN_TARGET_16 static inline void look_16(const struct lookups *lookups, const uint8_t *p,
                                               struct sights *sights) {
  *sights = (struct sights){0, 0, 0, 0};
  for (int part = 0; part < 64; part += 16) {
    bytes16 v = load16(p + part);
    sights->feeds |= (uint64_t)equal16(v, '\n') << part;
    sights->odds |= (uint64_t)odd16(v) << part;
#if defined(__x86_64__)
    __m128i hit = _mm_set1_epi8(-1);
    for (int k = 0; k < window_length; k++) {
      hit = _mm_and_si128(hit, buckets_16(p + part + k,
                                          _mm_loadu_si128((const __m128i *)lookups->low[k]),
                                          _mm_loadu_si128((const __m128i *)lookups->high[k])));
    }
    sights->prefixes |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << part;
    __m128i literals = _mm_and_si128(hit, _mm_set1_epi8((char)~prefix_bucket));
    uint32_t none = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(literals, _mm_setzero_si128()));
    sights->alarms |= (uint64_t)(~none & 0xffff) << part;
#else
    uint8x16_t hit = vdupq_n_u8(0xff);
    for (int k = 0; k < window_length; k++) {
      hit = vandq_u8(hit, buckets_16(p + part + k, vld1q_u8(lookups->low[k]),
                                     vld1q_u8(lookups->high[k])));
    }
    uint8x16_t literals = vtstq_u8(hit, vdupq_n_u8((uint8_t)~prefix_bucket));
    sights->prefixes |= (uint64_t)bits16(vtstq_u8(hit, vdupq_n_u8(prefix_bucket))) << part;
    sights->alarms |= (uint64_t)bits16(literals) << part;
#endif
  }
}

#define LOOP clinescan_loop_16
#define TARGET CLINESCAN_TARGET_16
#define LOOKUPS struct lookups
#define PREPARED *
#define LOOK look_16
#define WRITE_FEEDS write_feeds
#define WRITE_ALARMS write_alarms
#include "lines_loop.h"
#endif
