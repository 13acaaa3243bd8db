// Follows lines that boots printed before, from one to the next, without looking for their ends first.
//
// A crash loop is the same lines a million times. What is different about them is known: times, numbers of registers
// and of the stack. Whatever else is different ends the following, and so does everything that takes a closer look:
// nothing here may be generous.
#include "course.h"

static inline int is_free_digit(uint8_t byte) {
  return is_digit(byte) || (uint8_t)(byte - 'a') < 6;
}

/// Whether the first `length` bytes are those of a line.
static int has_bytes(const struct clinescan_course *course, const struct clinescan_course_line *line,
                     const uint8_t *text) {
  const uint8_t *known = course->texts + line->text;
  if (!line->has_free) return line->length == 0 || memcmp(text, known, line->length) == 0;
  const uint64_t *free = course->free + line->text / block;
  for (size_t at = 0; at < line->length; at++) {
    int is_free = free[at / block] >> at % block & 1;
    if (is_free ? !is_free_digit(text[at]) : text[at] != known[at]) return 0;
  }
  return 1;
}

int clinescan_course_has(const struct clinescan_course *course, int32_t index, const uint8_t *text,
                         size_t length) {
  const struct clinescan_course_line *line = &course->lines[index];
  return length == line->length && has_bytes(course, line, text);
}

#if CLINESCAN_VECTOR
/// One bit for each of 64 bytes that differs.
static inline uint64_t differing_64(const uint8_t *p, const uint8_t *q) {
  return (uint64_t)differing16(load16(p), load16(q)) |
         (uint64_t)differing16(load16(p + 16), load16(q + 16)) << 16 |
         (uint64_t)differing16(load16(p + 32), load16(q + 32)) << 32 |
         (uint64_t)differing16(load16(p + 48), load16(q + 48)) << 48;
}

/// One bit for each of 64 bytes that is a hexadecimal digit in small letters.
static inline uint64_t hexadecimal_64(const uint8_t *p) {
  return (uint64_t)hexadecimal16(load16(p)) | (uint64_t)hexadecimal16(load16(p + 16)) << 16 |
         (uint64_t)hexadecimal16(load16(p + 32)) << 32 |
         (uint64_t)hexadecimal16(load16(p + 48)) << 48;
}

/// The same as `has_bytes` where a block behind the text can be read: most lines are one block, and no branch depends
/// on how long they are.
static inline int has_text(const struct clinescan_course *course,
                           const struct clinescan_course_line *line, const uint8_t *text) {
  const uint8_t *known = course->texts + line->text;
  const uint64_t *free = course->free + line->text / block;
  size_t left = line->length;
  for (;; text += block, known += block, left -= block, free++) {
    uint64_t bad = differing_64(text, known);
    if (line->has_free) bad = (bad & ~*free) | (*free & ~hexadecimal_64(text));
    if (bad & wanted_of(left)) return 0;
    if (left <= block) return 1;
  }
}

#define FOLLOW follow_16
#define COMPARE compare_16
#define LINKAGE static
#define TARGET
#define HAS_TEXT has_text
#include "course_follow.h"
#undef FOLLOW
#undef COMPARE
#undef LINKAGE
#undef TARGET
#undef HAS_TEXT
#endif

#define FOLLOW follow_1
#define COMPARE compare_1
#define LINKAGE static
#define TARGET
#define HAS_TEXT has_bytes
#include "course_follow.h"

void clinescan_course_follow(const struct clinescan_course *course, const uint8_t *bytes,
                             size_t count, size_t most, int32_t first,
                             enum clinescan_vectors vectors,
                             struct clinescan_following *following) {
#if defined(__x86_64__)
  if (vectors >= CLINESCAN_UP_TO_64 && clinescan_can_follow_64()) {
    clinescan_course_follow_64(course, bytes, count, most, first, following);
    return;
  }
#endif
#if CLINESCAN_VECTOR
  if (vectors >= CLINESCAN_UP_TO_16) {
    follow_16(course, bytes, count, most, first, following);
    return;
  }
#endif
  (void)vectors;
  follow_1(course, bytes, count, most, first, following);
}
