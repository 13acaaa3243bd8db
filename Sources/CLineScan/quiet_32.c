// Steps over log lines as they mostly come, `I (1234) tag: message`, bare or in the log macros' colours.
//
// What is unusual about a line, in time, tag or ending, is left to `quiet.c`, which takes a closer look.
#include "quiet_run.h"

#include "lines.h"
#include "shuffle.h"

#if CLINESCAN_SHUFFLE && defined(__x86_64__)
int clinescan_can_run_32(void) { return clinescan_can_shuffle_32(); }

enum { most_digits = 8 };

/// A time in digits, the last one in the lowest byte: such numbers are in the order of the times.
typedef uint64_t digits;

static digits digits_of(int64_t time) {
  digits all = 0;
  for (unsigned shift = 0; time > 0; shift += 8, time /= 10) all |= (uint64_t)(time % 10) << shift;
  return all;
}

static int64_t time_of(digits all) {
  int64_t time = 0;
  for (unsigned shift = 64; shift > 0; shift -= 8) time = time * 10 + (int64_t)(all >> (shift - 8) & 15);
  return time;
}

/// How many digits stand at `p`, of which 16 bytes can be read.
CLINESCAN_TARGET_32 static inline uint32_t count_of_digits(const uint8_t *p) {
  return (uint32_t)__builtin_ctz(~digits16(load16(p)));
}

/// Where a colon first stands in the 32 bytes at `p`; 32 if none does.
CLINESCAN_TARGET_32 static inline uint32_t first_colon(const uint8_t *p) {
  __m256i found = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)p), _mm256_set1_epi8(':'));
  return _tzcnt_u32((uint32_t)_mm256_movemask_epi8(found));
}

/// Whether a log line begins like this. No line feed is among the 3 bytes that tell, so they are the line's own.
CLINESCAN_TARGET_32 static inline int begins_line(const uint8_t *p) {
  uint32_t word;
  memcpy(&word, p, sizeof word);
  // A byte from `@` to `_`, a blank and a parenthesis; and of the former only D, E, I, V and W.
  return (word & 0xffffe0) == 0x282040 && (0x00c00230u >> (word & 31) & 1);
}

/// Takes off the log macros' colours; returns 0 if the line has others, or is so short that it may not be one.
CLINESCAN_TARGET_32 static inline int strip_colours(const uint8_t **text, const uint8_t **end) {
  const uint8_t *p = *text, *q = *end;
  while (q > p && q[-1] == '\r') q--;
  if (q - p < 32) return 0;
  if (memcmp(p, "\033[0;3", 5) != 0 || p[6] != 'm' || memcmp(q - 4, "\033[0m", 4) != 0) return 0;
  *text = p + 7;
  *end = q - 4;
  return 1;
}

CLINESCAN_TARGET_32 size_t clinescan_quiet_run_32(const struct quiet *quiet, const uint8_t *bytes,
                                                  const uint32_t *ends, size_t count,
                                                  struct quiet_run *run) {
  if (run->time > 99999999) return 0;
  digits last = digits_of(run->time), before = last;
  const uint8_t *next = bytes + run->start;
  size_t index = 0;
  for (; index < count; index++) {
    uint32_t flags = ends[index] & ((1u << entry_shift) - 1);
    const uint8_t *feed = bytes + (ends[index] >> entry_shift), *text = next, *end = feed;
    if (end - text > longest_line) break;
    if (flags && (flags != (2 | glued_one) || !strip_colours(&text, &end))) break;
    if (!begins_line(text)) break;
    const uint8_t *time = text + 3;
    uint32_t length = count_of_digits(time);
    if (length - 1 >= most_digits) break;
    if (time[length] != ')' || time[length + 1] != ' ') break;
    const uint8_t *tag = time + length + 2;
    uint32_t tag_length = first_colon(tag);
    if (tag_length - 1 >= longest_tag) break;
    while (end[-1] == '\r') end--;
    if (tag + tag_length >= end || end[-1] == '>' || end[-1] == 'm') break;
    digits now = __builtin_bswap64(word_at(time)) >> (64 - 8 * length) & 0x0f0f0f0f0f0f0f0fu;
    if (now < last || is_booting(tag)) break;
    if (is_heard(quiet, tag, tag_length)) break;
    before = last;
    last = now;
    next = feed + 1;
  }
  if (index == 0) return 0;
  run->earlier = index == 1 ? run->time : time_of(before);
  run->time = time_of(last);
  run->start = next - bytes;
  return index;
}
#else
int clinescan_can_run_32(void) { return 0; }

size_t clinescan_quiet_run_32(const struct quiet *quiet, const uint8_t *bytes,
                              const uint32_t *ends, size_t count, struct quiet_run *run) {
  (void)quiet, (void)bytes, (void)ends, (void)count, (void)run;
  return 0;
}
#endif
