// Tells which lines without a log prefix mean nothing to anybody, with 64 bytes at once.
#include "plain.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#define CLINESCAN_TARGET_64 __attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt")))

CLINESCAN_TARGET_64 static inline uint64_t between(__m512i v, uint8_t first, uint8_t last) {
  __m512i value = _mm512_sub_epi8(v, _mm512_set1_epi8((char)first));
  return _mm512_cmple_epu8_mask(value, _mm512_set1_epi8((char)(last - first)));
}

CLINESCAN_TARGET_64 static inline uint64_t equal(__m512i v, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}

/// What stands in 64 bytes; those behind the wanted ones can be read.
CLINESCAN_TARGET_64 static inline struct characters characters_of_64(const uint8_t *text, size_t count) {
  (void)count;
  __m512i v = _mm512_loadu_si512(text), small = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
  uint64_t digits = between(v, '0', '9');
  return (struct characters){
      .bars = equal(v, '|'),
      .returns = equal(v, '\r'),
      .colons = equal(v, ':'),
      .hexadecimal = digits | between(small, 'a', 'f'),
      .zeros = equal(v, '0'),
      .letters = between(small, 'a', 'z'),
      .letters_x = equal(small, 'x'),
      .numeric = digits | equal(v, ' ') | equal(v, '\t') | between(v, '+', '.') | equal(v, ';'),
  };
}

#define IS_PLAIN_QUIET clinescan_is_plain_quiet_64
#define TARGET CLINESCAN_TARGET_64
#define CHARACTERS_OF characters_of_64
#include "plain_lines.h"
#endif
