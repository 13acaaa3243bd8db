// Steps over log lines that say nothing to anybody.
//
// Nearly all lines of a log are `I (1234) tag: message` of a tag that no decoder listens to. For
// them nothing is left to do but to count them and to keep the clock, so that is done here, some
// nanoseconds a line. Whatever is unusual about a line ends the run, and the line takes the long way,
// which knows all forms: nothing here may be generous, everything may be strict.
#include "clock.h"
#include "line_time.h"
#include "lines.h"
#include "quiet_run.h"
#include "shuffle.h"

enum { reach = 144, copied = 320 };

/// A line without what surrounds its text.
struct span {
  const uint8_t *text, *end;
};

/// The ear that listens to a tag.
static uint32_t ear_of(const struct quiet *quiet, uint64_t hash) {
  for (size_t at = slot_of(quiet, hash);; at = (at + 1) & quiet->last_slot) {
    if (quiet->slots[at].tag == hash) return (uint32_t)quiet->slots[at].ear;
    if (!quiet->slots[at].tag) return deaf;
  }
}

/// Whether the wanted ones of 4 bytes are the same.
static inline int is_same_4(const uint8_t *p, const uint8_t *q, uint32_t wanted) {
  uint32_t a, b;
  memcpy(&a, p, sizeof a);
  memcpy(&b, q, sizeof b);
  return ((a ^ b) & wanted) == 0;
}

/// Whether a message begins like an opening, or would but for a byte that is damaged, lost or added. Of what follows
/// such a byte a few others decide: this may say yes too often. It has no branches, because which messages come is
/// chance.
static inline int begins_nearly(const uint8_t *message, const struct opening *opening) {
  uint32_t length = opening->length;
  uint32_t differing = differing_of_32(message, opening->text) | 1u << length;
  uint32_t same = (uint32_t)__builtin_ctz(differing);
  // Where all is the same, nothing is wanted behind.
  uint32_t behind = same == length ? 0 : length - same - 1;
  uint32_t wanted = behind < 4 ? (1u << 8 * behind) - 1 : ~0u;
  const uint8_t *came = message + same, *known = opening->text + same;
  return is_same_4(came + 1, known + 1, wanted) | is_same_4(came, known + 1, wanted) |
         is_same_4(came + 1, known, wanted);
}

/// Whether a message begins nearly like one of the openings.
static inline int begins_like_one(const struct quiet *quiet, const uint8_t *message) {
  const struct opening *openings = openings_of(quiet);
  size_t at = quiet->opening_heads[opening_of_4(message)];
  while (at && !begins_nearly(message, &openings[at - 1])) at = openings[at - 1].next;
  return at != 0;
}

int clinescan_is_heard(const struct quiet *quiet, uint64_t hash, uint32_t cell_ear,
                       const uint8_t *message) {
  // Most messages only come near an opening; who listens to the tag itself is asked last.
  if (cell_ear != all_ears && !quiet->is_full && !begins_like_one(quiet, message)) return 0;
  uint32_t ear = ear_of(quiet, hash);
  if (!bit_of(quiet->openings[ear].of_4, opening_of_4(message))) return 0;
  return ear == all_ears || quiet->is_full || begins_like_one(quiet, message);
}

/// Takes off what stands before and behind the text of a line that is more than plain text: the capture's clock and
/// the log macros' colours; returns 0 if there is anything else.
static int strip(const struct clinescan_clock *clock, uint32_t flags, struct span *line) {
  uint32_t odd = flags & CLINESCAN_ODD;
  if ((odd != 0 && odd != 2) || (flags & CLINESCAN_MARKED)) return 0;
  if ((flags & CLINESCAN_GLUED) != glued_one) return 0;
  const uint8_t *text = line->text, *end = line->end;
  while (end > text && end[-1] == '\r') end--;
  if (end - text < 32) return 0;
  if (text[0] != '\033') {
    // Only the long way knows what to do with lines that carriage returns part.
    if (!clock->length || !has_clock(clock, text)) return 0;
    size_t length = (size_t)(end - text);
    if (clinescan_first_byte(text, length, 0, '\r') < length) return 0;
    text += clock->length;
    if (end - text < 24) return 0;
    // No codes but those of both ends.
    if (odd == 0 && end[-1] == 'm') return 0;
  }
  if (odd == 2) {
    if (memcmp(text, "\033[0;3", 5) != 0 || text[6] != 'm') return 0;
    if (memcmp(end - 4, "\033[0m", 4) != 0) return 0;
    end -= 4;
    text += 7;
    while (end[-1] == '\r') end--;
    if (end - text < 8) return 0;
  }
  *line = (struct span){text, end};
  return 1;
}

/// Whether nobody listens to a log line, and its time does not go back. Needs `reach` readable bytes behind its end.
static inline int is_quiet(const struct quiet *quiet, struct span line, int64_t *time) {
  const uint8_t *digits = line.text + 3, *end = line.end;
  size_t length = first_of_16(digits, ')');
  int64_t now;
  if (!read_time(digits, length, &now)) return 0;
  if (now < *time || digits[length + 1] != ' ') return 0;
  const uint8_t *tag = digits + length + 2;
  size_t tag_length = first_of_32(tag, ':');
  if (tag_length - 1 >= longest_tag || tag + tag_length >= end) return 0;
  // What is stripped from the end of a line is left to those who know it.
  if (end[-1] == '>' || (end[-1] == 'm' && end[-2] == '0')) return 0;
  if (is_booting(tag) || is_heard(quiet, tag, tag_length)) return 0;
  *time = now;
  return 1;
}

static inline int is_log_line(const uint8_t *text) {
  return is_level(text[0]) && text[1] == ' ' && text[2] == '(';
}

/// Whether a line without a log prefix means nothing to anybody.
typedef int plain_question(const struct quiet *quiet, enum clinescan_prints prints,
                           const uint8_t *text, const uint8_t *end);

static plain_question *plain_question_for(enum clinescan_vectors vectors) {
#if CLINESCAN_SHUFFLE && defined(__x86_64__)
  if (vectors >= CLINESCAN_UP_TO_64 && clinescan_can_loop_64()) return clinescan_is_plain_quiet_64;
#endif
  (void)vectors;
  return clinescan_is_plain_quiet;
}

/// Whether more than one line may be quiet of which nothing needs a closer look, from this one on.
static inline int may_run(uint32_t entry, const uint8_t *text) {
  return (entry & ((1u << entry_shift) - 1)) != 0 || is_log_line(text);
}

size_t clinescan_quiet_lines(const void *table, const struct clinescan_clock *clock,
                             const uint8_t *bytes, size_t readable, const uint32_t *ends,
                             size_t count, ptrdiff_t start, enum clinescan_vectors vectors,
                             struct clinescan_progress *progress) {
  const struct quiet *quiet = table;
  int64_t time = progress->time, earlier = time;
  size_t index = 0, plain = 0, safe = 0;
  if (vectors >= CLINESCAN_UP_TO_32 && clinescan_can_run_32()) {
    safe = count;
    while (safe > 0 && (ends[safe - 1] >> entry_shift) + reach > readable) safe--;
  }
  plain_question *is_plain_quiet = plain_question_for(vectors);
  for (; index < count; index++) {
    if (index < safe && may_run(ends[index], bytes + start)) {
      struct quiet_run run = {start, time, earlier};
      index += clinescan_quiet_run_32(quiet, bytes, ends + index, safe - index, &run);
      start = run.start;
      time = run.time;
      earlier = run.earlier;
      if (index == count) break;
    }
    uint32_t flags = ends[index] & ((1u << entry_shift) - 1);
    ptrdiff_t end_at = ends[index] >> entry_shift;
    const uint8_t *base = bytes + start;
    size_t length = (size_t)(end_at - start);
    uint8_t copy[copied];
    if (end_at + reach > (ptrdiff_t)readable) {
      // Behind the last lines there is too little memory to read it carelessly.
      if (length > copied - reach) break;
      memcpy(copy, base, length);
      memset(copy + length, 0, copied - length);
      base = copy;
    }
    if (length > longest_line) break;
    struct span line = {base, base + length};
    if (flags) {
      if (!strip(clock, flags, &line)) break;
    } else {
      while (line.end > line.text && line.end[-1] == '\r') line.end--;
    }
    if (is_log_line(line.text)) {
      int64_t before = time;
      if (!is_quiet(quiet, line, &time)) break;
      earlier = before;
    } else {
      if (flags || progress->prints == CLINESCAN_NO_PRINTS) break;
      if (!is_plain_quiet(quiet, progress->prints, line.text, line.end)) break;
      plain++;
    }
    start = end_at + 1;
  }
  progress->time = time;
  progress->earlier = earlier;
  progress->messages = index - plain;
  return index;
}
