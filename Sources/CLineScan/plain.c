// Tells which lines without a log prefix mean nothing to anybody.
//
// An application that prints a reading a second gives millions of them. What they may mean is decided by their first
// bytes, and by numbers as dumps print them; everything that may be a prefix of a capture tool is left to those who
// know these.
#include "quiet.h"

/// What stands in up to 64 bytes, one bit for each.
struct characters {
  uint64_t bars, returns, colons, hexadecimal, zeros, letters, letters_x;
  uint64_t numeric;  // what may stand in a line that is but numbers
};

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

/// Whether a tag and a colon stand at the beginning, by which a line is known that lost the rest of its prefix.
static int has_name(const struct quiet *quiet, const uint8_t *text, uint64_t colons) {
  if (!colons) return 0;
  size_t length = (size_t)__builtin_ctzll(colons);
  if (length > longest_tag || text[length + 1] != ' ') return 0;
  return quiet->names[cell_of(hash_of_tag(text, length))];
}

int clinescan_is_plain_quiet(const struct quiet *quiet, enum clinescan_prints prints,
                             const uint8_t *text, const uint8_t *end) {
  if (text == end) return 1;
  enum clinescan_plain plain = quiet->plain[text[0]];
  if (plain == CLINESCAN_PLAIN_LOUD) return 0;
  // The rest of a cut sentence, and what is stripped from the end of a line.
  switch (end[-1]) {
    case '.': case ' ': case '\t': case '>': case 'm': return 0;
    default: break;
  }
  size_t length = (size_t)(end - text);
  uint64_t first_colons = 0;
  int letters = 0;
  // Pieces overlap by 8, so that nothing is cut.
  for (size_t at = 0; at < length; at += 56) {
    size_t count = length - at < 64 ? length - at : 64;
    uint64_t wanted = count < 64 ? (1ull << count) - 1 : ~0ull;
    struct characters found = characters_of(text + at, count);
    if ((found.bars | found.returns) & wanted) return 0;
    if (plain == CLINESCAN_PLAIN_NUMBERS && (~found.numeric & wanted)) return 0;
    if (found.letters_x & (found.zeros << 1) & wanted) return 0;
    // What pieces share is counted twice: strict is good enough.
    letters += __builtin_popcountll(found.letters & wanted);
    if (prints == CLINESCAN_UNREADABLE_PRINTS && letters >= 3) return 0;
    uint64_t digits = found.hexadecimal & wanted;
    digits &= digits >> 1;
    digits &= digits >> 2;
    if (digits & digits >> 4) return 0;
    if (at == 0) first_colons = found.colons & wanted;
    if (count == length - at) break;
  }
  if (plain == CLINESCAN_PLAIN_NUMBERS) return text[0] != '-' || (length > 1 && is_digit(text[1]));
  // A log line without time, a colour that lost its escape byte, a script's `b'`, a month.
  switch (text[1]) {
    case ' ': if (is_level(text[0])) return 0; break;
    // One that somebody typed anew.
    case '(': if (is_level(text[0] & 0xdf)) return 0; break;
    case '[': case '\'': case '"': return 0;
    default: break;
  }
  if (text[3] == ' ' && text[6] == ' ' && text[9] == ':') return 0;
  if (bit_of(quiet->plain_openings, plain_opening_of(text))) return 0;
  return !has_name(quiet, text, first_colons);
}
