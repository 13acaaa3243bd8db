// The block loop for 64 bytes at once.
#include "lines.h"
#include "shuffle.h"

#if CLINESCAN_SHUFFLE && defined(__x86_64__)
#define CLINESCAN_TARGET_64 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

int clinescan_can_loop_64(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512vbmi2") && clinescan_can_shuffle_32();
}

/// The lookups, to be kept in registers: to load them for each block takes longer than all else.
struct lookups_64 {
  __m512i low[window_length], high[window_length];
};

CLINESCAN_TARGET_64 static inline struct lookups_64 prepared_64(const struct lookups *lookups) {
  struct lookups_64 prepared;
  for (int k = 0; k < window_length; k++) {
    prepared.low[k] = _mm512_loadu_si512(lookups->exact[k]);
    prepared.high[k] = _mm512_loadu_si512(lookups->exact[k] + 64);
  }
  return prepared;
}

/// The 64 bytes that stand `k` behind `bytes`; `behind` are those that stand 8 behind. To load each would take longer.
#define FROM(k, bytes, behind) _mm512_shrdi_epi64(bytes, behind, 8 * (k))

/// Sees 64 bytes at once; the lookup takes 7 bits of a byte, so it needs no halves.
CLINESCAN_TARGET_64 static inline void look_64(const struct lookups_64 *lookups, const uint8_t *p,
                                               struct sights *sights) {
  __m512i v = _mm512_loadu_si512(p);
  __m512i behind = _mm512_alignr_epi64(
      _mm512_castsi128_si512(_mm_loadl_epi64((const __m128i *)(p + 64))), v, 1);
  sights->feeds = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));
  __mmask64 odd = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(0x20));
  odd = _mm512_mask_cmpneq_epi8_mask(odd, v, _mm512_set1_epi8('\r'));
  odd = _mm512_mask_cmpneq_epi8_mask(odd, v, _mm512_set1_epi8('\t'));
  sights->odds = odd & ~sights->feeds;
  const __m512i windows[window_length] = {
      v,
      FROM(1, v, behind),
      FROM(2, v, behind),
      FROM(3, v, behind),
      FROM(4, v, behind),
  };
  __m512i hit = _mm512_set1_epi8(-1);
  for (int k = 0; k < window_length; k++) {
    __m512i found = _mm512_permutex2var_epi8(lookups->low[k], windows[k], lookups->high[k]);
    hit = _mm512_and_si512(hit, found);
  }
  sights->prefixes = _mm512_movepi8_mask(hit);
  sights->alarms = _mm512_test_epi8_mask(hit, _mm512_set1_epi8((char)~prefix_bucket));
}

/// The places of the bits that are set, from 0 on. How many there are is chance, so a loop over them would cost more.
CLINESCAN_TARGET_64 static inline __m512i places_of(uint64_t bits) {
  static const uint8_t all[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  return _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(all));
}

CLINESCAN_TARGET_64 static inline uint32_t *write_feeds_64(uint32_t *next, size_t at,
                                                           uint64_t feeds) {
  size_t count = (size_t)__builtin_popcountll(feeds);
  __m512i places = places_of(feeds);
  for (size_t done = 0;; done += 16) {
    __m512i ends = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
    ends = _mm512_slli_epi32(_mm512_add_epi32(ends, _mm512_set1_epi32((int)at)), entry_shift);
    _mm512_storeu_si512(next + done, ends);
    if (count <= done + 16) return next + count;
    places = _mm512_alignr_epi64(_mm512_setzero_si512(), places, 2);
  }
}

CLINESCAN_TARGET_64 static inline void write_alarms_64(uint16_t *places, size_t *count, size_t at,
                                                       uint64_t alarms) {
  uint16_t *next = places + *count;
  __m512i found = places_of(alarms), base = _mm512_set1_epi16((short)at);
  __m512i few = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(found));
  _mm512_storeu_si512(next, _mm512_add_epi16(few, base));
  size_t written = (size_t)__builtin_popcountll(alarms);
  *count += written;
  if (written <= 32) return;
  __m512i more = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(found, 1));
  _mm512_storeu_si512(next + 32, _mm512_add_epi16(more, base));
}

#define LOOP clinescan_loop_64
#define TARGET CLINESCAN_TARGET_64
#define LOOKUPS struct lookups_64
#define PREPARED prepared_64
#define LOOK look_64
#define WRITE_FEEDS write_feeds_64
#define WRITE_ALARMS write_alarms_64
#include "lines_loop.h"
#endif
