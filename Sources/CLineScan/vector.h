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

/// One bit for each digit.
static inline uint32_t digits16(bytes16 v) {
  __m128i value = _mm_sub_epi8(v, _mm_set1_epi8('0'));
  __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
  return (uint32_t)_mm_movemask_epi8(is_digit);
}

/// One bit for each byte that differs.
static inline uint32_t differing16(bytes16 v, bytes16 w) {
  return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, w)) & 0xffff;
}

/// One bit for each hexadecimal digit in small letters.
static inline uint32_t hexadecimal16(bytes16 v) {
  __m128i letter = _mm_sub_epi8(v, _mm_set1_epi8('a'));
  __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
  return digits16(v) | (uint32_t)_mm_movemask_epi8(is_letter);
}

/// One bit for each odd byte. Compared as signed numbers, bytes from 0x80 on are below 0x20 too.
static inline uint32_t odd16(bytes16 v) {
  __m128i low = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));
  __m128i kept = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
                              _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                           _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
  return (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(kept, low));
}

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

/// One bit for each digit.
static inline uint32_t digits16(bytes16 v) {
  return bits16(vcltq_u8(vsubq_u8(v, vdupq_n_u8('0')), vdupq_n_u8(10)));
}

/// One bit for each byte that differs.
static inline uint32_t differing16(bytes16 v, bytes16 w) { return ~bits16(vceqq_u8(v, w)) & 0xffff; }

/// One bit for each hexadecimal digit in small letters.
static inline uint32_t hexadecimal16(bytes16 v) {
  return digits16(v) | bits16(vcltq_u8(vsubq_u8(v, vdupq_n_u8('a')), vdupq_n_u8(6)));
}

/// One bit for each odd byte. Compared as signed numbers, bytes from 0x80 on are below 0x20 too.
static inline uint32_t odd16(bytes16 v) {
  uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(0x20));
  uint8x16_t kept = vorrq_u8(vceqq_u8(v, vdupq_n_u8('\t')),
                             vorrq_u8(vceqq_u8(v, vdupq_n_u8('\n')),
                                      vceqq_u8(v, vdupq_n_u8('\r'))));
  return bits16(vbicq_u8(low, kept));
}
#endif

/// One bit for each of the 16 bytes at `p` that equals `byte`.
static inline uint32_t equal_of_16(const uint8_t *p, uint8_t byte) {
#if CLINESCAN_VECTOR
  return equal16(load16(p), byte);
#else
  uint32_t bits = 0;
  for (int at = 0; at < 16; at++) bits |= (uint32_t)(p[at] == byte) << at;
  return bits;
#endif
}

/// Where `byte` first stands in the 16 bytes at `p`; 16 if it does not.
static inline size_t first_of_16(const uint8_t *p, uint8_t byte) {
  return (size_t)__builtin_ctz(equal_of_16(p, byte) | 0x10000);
}

/// Where `byte` first stands in the 32 bytes at `p`; 32 if it does not.
static inline size_t first_of_32(const uint8_t *p, uint8_t byte) {
  uint64_t bits = equal_of_16(p, byte) | (uint64_t)equal_of_16(p + 16, byte) << 16;
  return (size_t)__builtin_ctzll(bits | 0x100000000);
}

/// One bit for each of the 32 bytes at `p` that differs.
static inline uint32_t differing_of_32(const uint8_t *p, const uint8_t *q) {
#if CLINESCAN_VECTOR
  return differing16(load16(p), load16(q)) | differing16(load16(p + 16), load16(q + 16)) << 16;
#else
  uint32_t bits = 0;
  for (int at = 0; at < 32; at++) bits |= (uint32_t)(p[at] != q[at]) << at;
  return bits;
#endif
}

/// Whether `byte` is the letter of one of the log levels.
static inline int is_level(uint8_t byte) {
  // D, E, I, V, W, counted from A.
  return (uint8_t)(byte - 'A') < 32 && (0x00600118u >> (byte - 'A') & 1);
}

static inline int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

/// Whether the prefix of a log macro begins with these 4 bytes, `I (1`.
static inline int is_prefix(const uint8_t *p) {
  return p[2] == '(' && p[1] == ' ' && is_digit(p[3]) && is_level(p[0]);
}

static inline int is_odd(uint8_t byte) {
  return byte >= 0x80 || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r');
}

#endif
