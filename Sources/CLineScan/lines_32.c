// The block loop for 32 bytes at a time.
#include "lines_write.h"
#include "shuffle.h"

#if CLINESCAN_SHUFFLE && defined(__x86_64__)
/// Sees 64 bytes, 32 at a time.
CLINESCAN_TARGET_32 static inline void look_32(const struct lookups *lookups, const uint8_t *p,
                                               struct sights *sights) {
  *sights = (struct sights){0, 0, 0, 0};
  const __m256i zero = _mm256_setzero_si256();
  for (int part = 0; part < 64; part += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(p + part));
    __m256i feed = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n'));
    __m256i kept = _mm256_or_si256(feed, _mm256_or_si256(
        _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\t')), _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'))));
    __m256i odd = _mm256_andnot_si256(kept, _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v));
    __m256i hit = _mm256_set1_epi8(-1);
    for (int k = 0; k < window_length; k++) {
      __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)lookups->low[k]));
      __m256i high =
          _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)lookups->high[k]));
      hit = _mm256_and_si256(hit, buckets_32(p + part + k, low, high));
    }
    __m256i literals = _mm256_and_si256(hit, _mm256_set1_epi8((char)~prefix_bucket));
    uint32_t none = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(literals, zero));
    sights->feeds |= (uint64_t)(uint32_t)_mm256_movemask_epi8(feed) << part;
    sights->odds |= (uint64_t)(uint32_t)_mm256_movemask_epi8(odd) << part;
    sights->prefixes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(hit) << part;
    sights->alarms |= (uint64_t)~none << part;
  }
}

#define LOOP clinescan_loop_32
#define TARGET CLINESCAN_TARGET_32
#define LOOKUPS struct lookups
#define PREPARED *
#define LOOK look_32
#define WRITE_FEEDS write_feeds
#define WRITE_ALARMS write_alarms
#include "lines_loop.h"
#endif
