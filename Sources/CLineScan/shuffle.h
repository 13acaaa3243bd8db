// Table lookups by the halves of bytes, on the instruction sets that the tool runs on.
#ifndef CLINESCAN_SHUFFLE_H
#define CLINESCAN_SHUFFLE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#define CLINESCAN_SHUFFLE 1
#define CLINESCAN_TARGET_16 __attribute__((target("ssse3")))

static inline int clinescan_can_shuffle_16(void) { return __builtin_cpu_supports("ssse3"); }

/// The buckets in which each of the 16 bytes from `p` on may occur.
CLINESCAN_TARGET_16 static inline __m128i buckets_16(const uint8_t *p, __m128i low, __m128i high) {
  __m128i v = _mm_loadu_si128((const __m128i *)p), nibble = _mm_set1_epi8(15);
  __m128i l = _mm_shuffle_epi8(low, _mm_and_si128(v, nibble));
  __m128i h = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(v, 4), nibble));
  return _mm_and_si128(l, h);
}

#define CLINESCAN_TARGET_32 __attribute__((target("avx2,bmi,bmi2,popcnt")))

static inline int clinescan_can_shuffle_32(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

/// The same for 32 bytes.
CLINESCAN_TARGET_32 static inline __m256i buckets_32(const uint8_t *p, __m256i low, __m256i high) {
  __m256i v = _mm256_loadu_si256((const __m256i *)p), nibble = _mm256_set1_epi8(15);
  __m256i l = _mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble));
  __m256i h = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
  return _mm256_and_si256(l, h);
}

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define CLINESCAN_SHUFFLE 1
#define CLINESCAN_TARGET_16

static inline int clinescan_can_shuffle_16(void) { return 1; }

/// The buckets in which each of the 16 bytes from `p` on may occur.
static inline uint8x16_t buckets_16(const uint8_t *p, uint8x16_t low, uint8x16_t high) {
  uint8x16_t v = vld1q_u8(p);
  return vandq_u8(vqtbl1q_u8(low, vandq_u8(v, vdupq_n_u8(15))),
                  vqtbl1q_u8(high, vshrq_n_u8(v, 4)));
}
#endif

#endif
