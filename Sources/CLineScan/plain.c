// Tells which lines without a log prefix mean nothing to anybody.
//
// An application that prints a reading a second gives millions of them. What they may mean is decided by their first
// bytes, and by numbers as dumps print them; everything that may be a prefix of a capture tool is left to those who
// know these.
#include "plain.h"

#if defined(__SSE2__)
static inline __m128i between(__m128i v, uint8_t first, uint8_t last) {
  __m128i value = _mm_sub_epi8(v, _mm_set1_epi8((char)first));
  __m128i limit = _mm_set1_epi8((char)(last - first));
  return _mm_cmpeq_epi8(_mm_min_epu8(value, limit), value);
}

static inline uint64_t bits_of(__m128i matches) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(matches);
}

static inline struct characters characters_of(const uint8_t *text, size_t count) {
  struct characters all = {0, 0, 0, 0, 0, 0, 0, 0};
  for (size_t at = 0; at < count; at += 16) {
    __m128i v = load16(text + at), small = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i digit = between(v, '0', '9');
    __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
    __m128i mark = _mm_or_si128(between(v, '+', '.'), _mm_cmpeq_epi8(v, _mm_set1_epi8(';')));
    all.bars |= (uint64_t)equal16(v, '|') << at;
    all.returns |= (uint64_t)equal16(v, '\r') << at;
    all.colons |= (uint64_t)equal16(v, ':') << at;
    all.zeros |= (uint64_t)equal16(v, '0') << at;
    all.letters |= bits_of(between(small, 'a', 'z')) << at;
    all.letters_x |= (uint64_t)equal16(small, 'x') << at;
    all.hexadecimal |= bits_of(_mm_or_si128(digit, between(small, 'a', 'f'))) << at;
    all.numeric |= bits_of(_mm_or_si128(digit, _mm_or_si128(blank, mark))) << at;
  }
  return all;
}
#else
static inline int is_hexadecimal(uint8_t byte) {
  return is_digit(byte) || (uint8_t)((byte | 0x20) - 'a') < 6;
}

static inline int is_numeric(uint8_t byte) {
  return is_digit(byte) || byte == ' ' || byte == '\t' || (byte >= '+' && byte <= '.') || byte == ';';
}

static inline struct characters characters_of(const uint8_t *text, size_t count) {
  struct characters all = {0, 0, 0, 0, 0, 0, 0, 0};
  for (size_t at = 0; at < count; at++) {
    uint8_t byte = text[at];
    uint64_t bit = 1ull << at;
    if (byte == '|') all.bars |= bit;
    if (byte == '\r') all.returns |= bit;
    if (byte == ':') all.colons |= bit;
    if (byte == '0') all.zeros |= bit;
    if ((uint8_t)((byte | 0x20) - 'a') < 26) all.letters |= bit;
    if ((byte | 0x20) == 'x') all.letters_x |= bit;
    if (is_hexadecimal(byte)) all.hexadecimal |= bit;
    if (is_numeric(byte)) all.numeric |= bit;
  }
  return all;
}
#endif

#define IS_PLAIN_QUIET clinescan_is_plain_quiet
#define TARGET
#define CHARACTERS_OF characters_of
#include "plain_lines.h"
