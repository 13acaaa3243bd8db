// 16 bytes at a time, on the two instruction sets that the tool runs on.
#ifndef CLINESCAN_VECTOR_H
#define CLINESCAN_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#define CLINESCAN_VECTOR 1

typedef __m128i bytes16;

static inline bytes16 load16(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }

/// One bit for each byte that equals `byte`.
static inline uint32_t equal16(bytes16 v, uint8_t byte) {
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte)));
}

/// One bit for each odd byte. Compared as signed numbers, bytes from 0x80 on are below 0x20 too.
static inline uint32_t odd16(bytes16 v) {
  __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));
  __m128i kept = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
                              _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                           _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
  return (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(kept, low));
}

/// One bit for each digit from `p` on that ends `I (1` not at the start of a line; looks 4 bytes back.
static inline uint32_t glued16(const uint8_t *p) {
  __m128i digit = _mm_sub_epi8(load16(p), _mm_set1_epi8('0'));
  __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  __m128i opens = _mm_and_si128(_mm_cmpeq_epi8(load16(p - 1), _mm_set1_epi8('(')),
                                _mm_cmpeq_epi8(load16(p - 2), _mm_set1_epi8(' ')));
  __m128i letter = load16(p - 3);
  __m128i even = _mm_and_si128(letter, _mm_set1_epi8((char)0xfe));
  __m128i level = _mm_or_si128(_mm_cmpeq_epi8(letter, _mm_set1_epi8('I')),
                               _mm_or_si128(_mm_cmpeq_epi8(even, _mm_set1_epi8('D')),
                                            _mm_cmpeq_epi8(even, _mm_set1_epi8('V'))));
  __m128i start = _mm_cmpeq_epi8(load16(p - 4), _mm_set1_epi8('\n'));
  __m128i all = _mm_and_si128(_mm_and_si128(is_digit, opens), _mm_andnot_si128(start, level));
  return (uint32_t)_mm_movemask_epi8(all);
}

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#define CLINESCAN_VECTOR_32 1
#define CLINESCAN_TARGET_32 __attribute__((target("avx2")))

typedef __m256i bytes32;

static inline int clinescan_can_32(void) { return __builtin_cpu_supports("avx2"); }

CLINESCAN_TARGET_32 static inline bytes32 load32(const uint8_t *p) {
  return _mm256_loadu_si256((const __m256i *)p);
}

CLINESCAN_TARGET_32 static inline uint32_t equal32(bytes32 v, uint8_t byte) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)byte)));
}

CLINESCAN_TARGET_32 static inline uint32_t odd32(bytes32 v) {
  __m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v);
  __m256i kept = _mm256_or_si256(
      _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\t')),
      _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n')),
                      _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'))));
  return (uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(kept, low));
}

CLINESCAN_TARGET_32 static inline uint32_t glued32(const uint8_t *p) {
  __m256i digit = _mm256_sub_epi8(load32(p), _mm256_set1_epi8('0'));
  __m256i is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
  __m256i opens = _mm256_and_si256(_mm256_cmpeq_epi8(load32(p - 1), _mm256_set1_epi8('(')),
                                   _mm256_cmpeq_epi8(load32(p - 2), _mm256_set1_epi8(' ')));
  __m256i letter = load32(p - 3);
  __m256i even = _mm256_and_si256(letter, _mm256_set1_epi8((char)0xfe));
  __m256i level = _mm256_or_si256(
      _mm256_cmpeq_epi8(letter, _mm256_set1_epi8('I')),
      _mm256_or_si256(_mm256_cmpeq_epi8(even, _mm256_set1_epi8('D')),
                      _mm256_cmpeq_epi8(even, _mm256_set1_epi8('V'))));
  __m256i start = _mm256_cmpeq_epi8(load32(p - 4), _mm256_set1_epi8('\n'));
  __m256i all =
      _mm256_and_si256(_mm256_and_si256(is_digit, opens), _mm256_andnot_si256(start, level));
  return (uint32_t)_mm256_movemask_epi8(all);
}
#endif

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define CLINESCAN_VECTOR 1

typedef uint8x16_t bytes16;

static inline bytes16 load16(const uint8_t *p) { return vld1q_u8(p); }

/// One bit for each byte of a comparison's result, which is 0x00 or 0xff.
static inline uint32_t bits16(uint8x16_t matches) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t bits = vandq_u8(matches, vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

/// One bit for each byte that equals `byte`.
static inline uint32_t equal16(bytes16 v, uint8_t byte) {
  return bits16(vceqq_u8(v, vdupq_n_u8(byte)));
}

/// One bit for each odd byte. Compared as signed numbers, bytes from 0x80 on are below 0x20 too.
static inline uint32_t odd16(bytes16 v) {
  uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(0x20));
  uint8x16_t kept = vorrq_u8(vceqq_u8(v, vdupq_n_u8('\t')),
                             vorrq_u8(vceqq_u8(v, vdupq_n_u8('\n')),
                                      vceqq_u8(v, vdupq_n_u8('\r'))));
  return bits16(vbicq_u8(low, kept));
}

/// One bit for each digit from `p` on that ends `I (1` not at the start of a line; looks 4 bytes back.
static inline uint32_t glued16(const uint8_t *p) {
  uint8x16_t is_digit = vcltq_u8(vsubq_u8(load16(p), vdupq_n_u8('0')), vdupq_n_u8(10));
  uint8x16_t opens = vandq_u8(vceqq_u8(load16(p - 1), vdupq_n_u8('(')),
                              vceqq_u8(load16(p - 2), vdupq_n_u8(' ')));
  uint8x16_t letter = load16(p - 3);
  uint8x16_t even = vandq_u8(letter, vdupq_n_u8(0xfe));
  uint8x16_t level = vorrq_u8(vceqq_u8(letter, vdupq_n_u8('I')),
                              vorrq_u8(vceqq_u8(even, vdupq_n_u8('D')),
                                       vceqq_u8(even, vdupq_n_u8('V'))));
  uint8x16_t start = vceqq_u8(load16(p - 4), vdupq_n_u8('\n'));
  return bits16(vandq_u8(vandq_u8(is_digit, opens), vbicq_u8(level, start)));
}
#endif

/// Where `byte` first stands in the 16 bytes at `p`; 16 if it does not.
static inline size_t first_of_16(const uint8_t *p, uint8_t byte) {
#if CLINESCAN_VECTOR
  uint32_t found = equal16(load16(p), byte);
  return found ? (size_t)__builtin_ctz(found) : 16;
#else
  size_t at = 0;
  while (at < 16 && p[at] != byte) at++;
  return at;
#endif
}

/// Whether `byte` is the letter of one of the log levels.
static inline int is_level(uint8_t byte) {
  return byte == 'I' || byte == 'W' || byte == 'D' || byte == 'E' || byte == 'V';
}

static inline int is_odd(uint8_t byte) {
  return byte >= 0x80 || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r');
}

#endif
