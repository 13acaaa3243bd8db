// Steps over log lines that say nothing to anybody.
//
// Nearly all lines of a log are `I (1234) tag: message` of a tag that no decoder listens to. For
// them nothing is left to do but to count them and to keep the clock, so that is done here, some
// nanoseconds a line. Whatever is unusual about a line ends the run, and the line takes the long way,
// which knows all forms: nothing here may be generous, everything may be strict.
#include <string.h>

#include "CLineScan.h"
#include "vector.h"

enum { longest_tag = 31, reach = 80, longest_line = 4096 };

struct slot {
  uint64_t tag;  // a hash, 0 where the slot is free
  uint64_t ear;
};

struct quiet {
  uint64_t last_slot;                     // the number of slots, a power of two, less one
  uint64_t openings[CLINESCAN_EARS][16];  // filters of the first 4 bytes of messages
  struct slot slots[];
};

static size_t slot_count(size_t tags) {
  size_t slots = 64;
  while (slots < 4 * tags) slots *= 2;
  return slots;
}

size_t clinescan_quiet_size(size_t tags) {
  return sizeof(struct quiet) + slot_count(tags) * sizeof(struct slot);
}

void clinescan_quiet_init(void *table, size_t tags) {
  struct quiet *quiet = table;
  memset(quiet, 0, clinescan_quiet_size(tags));
  quiet->last_slot = slot_count(tags) - 1;
}

/// Bytes that cover a prefix of up to 31 bytes: loaded from 32 - n on, n of them are set.
static const uint8_t cover[64] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

static inline uint64_t word_at(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/// Needs 32 bytes from `tag` on to be readable. Never 0, which marks free slots.
static inline uint64_t hash_of_tag(const uint8_t *tag, size_t length) {
  const uint8_t *mask = cover + 32 - length;
  uint64_t a = word_at(tag) & word_at(mask), b = word_at(tag + 8) & word_at(mask + 8);
  uint64_t hash = (a ^ (b << 29 | b >> 35)) * 0x9e3779b97f4a7c15u;
  if (length > 16) {
    uint64_t c = word_at(tag + 16) & word_at(mask + 16), d = word_at(tag + 24) & word_at(mask + 24);
    hash = (hash ^ (hash >> 31) ^ c ^ (d << 31 | d >> 33)) * 0xff51afd7ed558ccdu;
  }
  return (hash ^ hash >> 29) | 1;
}

static inline size_t slot_of(const struct quiet *quiet, uint64_t hash) {
  return hash >> 40 & quiet->last_slot;
}

static inline uint32_t opening_of(const uint8_t *message) {
  uint32_t word;
  memcpy(&word, message, sizeof word);
  return word * 2654435761u >> 22;
}

void clinescan_quiet_listen(void *table, const uint8_t *tag, size_t length, uint8_t ear) {
  struct quiet *quiet = table;
  // A longer tag takes the long way in any case.
  if (length > longest_tag || length == 0) return;
  uint8_t padded[32] = {0};
  memcpy(padded, tag, length);
  uint64_t hash = hash_of_tag(padded, length);
  size_t at = slot_of(quiet, hash);
  while (quiet->slots[at].tag && quiet->slots[at].tag != hash) at = (at + 1) & quiet->last_slot;
  // A tag that two listen to, or of two tags with the same hash both, is never skipped.
  quiet->slots[at].ear = quiet->slots[at].tag ? CLINESCAN_EARS : ear;
  quiet->slots[at].tag = hash;
}

void clinescan_quiet_open(void *table, uint8_t ear, const uint8_t *opening) {
  struct quiet *quiet = table;
  uint32_t bit = opening_of(opening);
  quiet->openings[ear][bit >> 6] |= 1ull << (bit & 63);
}

/// Reads 1 to 10 digits that a parenthesis ends; returns how many, or 0 if there is anything else.
/// Needs 16 bytes to be readable.
static inline size_t read_time(const uint8_t *digits, int64_t *time) {
  size_t length = first_of_16(digits, ')');
  if (length == 0 || length > 10) return 0;
  int64_t value = 0;
  size_t at = 0;
  for (; length - at > 8; at++) {
    uint8_t digit = (uint8_t)(digits[at] - '0');
    if (digit > 9) return 0;
    value = value * 10 + digit;
  }
  // Eight digits at once, with zeros in front where there are fewer.
  uint64_t word = word_at(digits + at);
  unsigned missing = 8 - (unsigned)(length - at);
  if (missing) word = word << 8 * missing | 0x3030303030303030u >> 8 * (8 - missing);
  uint64_t halves = (word & 0xf0f0f0f0f0f0f0f0u) |
                    ((word + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u) >> 4;
  if (halves != 0x3333333333333333u) return 0;
  word -= 0x3030303030303030u;
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000ff000000ffu) * 0x000f424000000064u +
          (word >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >> 32;
  *time = value * 100000000 + (int64_t)word;
  return length;
}

/// Whether a message of a tag with that ear may mean something.
static inline int is_heard(const struct quiet *quiet, uint32_t ear,
                           const uint8_t *message) {
  uint32_t bit = opening_of(message);
  return ear >= CLINESCAN_EARS || (quiet->openings[ear][bit >> 6] >> (bit & 63) & 1);
}

/// The ear that listens to a tag, or -1 if there is none.
static inline int64_t ear_of(const struct quiet *quiet, const uint8_t *tag,
                             size_t length) {
  uint64_t hash = hash_of_tag(tag, length);
  for (size_t at = slot_of(quiet, hash);; at = (at + 1) & quiet->last_slot) {
    if (quiet->slots[at].tag == hash) return (int64_t)quiet->slots[at].ear;
    if (!quiet->slots[at].tag) return -1;
  }
}

/// Where the text of a line in the log macros' colours ends, the colours aside, or NULL if the line
/// holds anything else that is odd.
static const uint8_t *end_in_colours(const uint8_t *line, const uint8_t *end) {
  if (end - line < 24 || memcmp(line, "\033[0;3", 5) != 0 || line[6] != 'm') return NULL;
  while (end[-1] == '\r') end--;
  if (memcmp(end - 4, "\033[0m", 4) != 0) return NULL;
  end -= 4;
  while (end[-1] == '\r') end--;
  if (end - line < 20) return NULL;
  const uint8_t *text = line + 7;
  return clinescan_is_plain(text + 3, (size_t)(end - text - 3)) ? end : NULL;
}

size_t clinescan_quiet_lines(const void *table, const void *markers, const uint8_t *bytes,
                             size_t readable, const uint32_t *ends, size_t count, ptrdiff_t start,
                             int64_t *time, ptrdiff_t *clean) {
  const struct quiet *quiet = table;
  if (count == 0) return 0;
  ptrdiff_t limit = ends[count - 1] >> 2;
  size_t index = 0;
  for (; index < count; index++) {
    if (start + reach > (ptrdiff_t)readable) break;
    const uint8_t *line = bytes + start;
    const uint8_t *line_end = bytes + (ends[index] >> 2);
    if (line_end - line > longest_line) break;
    const uint8_t *text = line, *end = line_end;
    if (ends[index] & 3) {
      end = end_in_colours(line, line_end);
      if (!end) break;
      text += 7;
    } else {
      while (end > text && end[-1] == '\r') end--;
      // What is stripped from the end of a line is left to those who know it.
      if (end - text < 8 || end[-1] == '>' || (end[-1] == 'm' && end[-2] == '0')) break;
    }

    if (!is_level(text[0]) || text[1] != ' ' || text[2] != '(') break;
    int64_t now;
    size_t digits = read_time(text + 3, &now);
    if (!digits || now < *time || text[digits + 4] != ' ') break;
    const uint8_t *tag = text + digits + 5;
    size_t length = first_of_16(tag, ':');
    if (length == 16) length += first_of_16(tag + 16, ':');
    if (length == 0 || length > longest_tag || tag + length >= end) break;
    if (length > 4 && memcmp(tag, "boot.", 5) == 0) break;
    const uint8_t *message = tag + length + 1;
    if (*message == ' ') message++;
    int64_t ear = ear_of(quiet, tag, length);
    if (ear >= 0 && is_heard(quiet, (uint32_t)ear, message)) break;

    ptrdiff_t end_at = line_end - bytes;
    if (end_at > *clean) {
      ptrdiff_t from = *clean > start ? *clean : start;
      uint32_t literal;
      ptrdiff_t found = clinescan_markers_find(markers, line, (size_t)(limit - start), 0,
                                               (size_t)(from - start), &literal);
      *clean = found < 0 ? limit : start + found;
      if (*clean < end_at) break;
    }
    *time = now;
    start = end_at + 1;
  }
  return index;
}
