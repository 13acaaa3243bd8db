// The comparison of lines with those of a course, shared by its forms.
#ifndef CLINESCAN_COURSE_H
#define CLINESCAN_COURSE_H

#include <string.h>

#include "CLineScan.h"
#include "line_time.h"
#include "vector.h"

enum {
  block = CLINESCAN_COURSE_BLOCK,
  // What is read before a line's text, and behind its last byte.
  before_text = 24,
  behind_text = 64 + 24,
  longest_text = 4096,
  most_returns = 8,
  // So far ahead memory is asked for.
  ahead = 512,
};

/// What comparing a line gave.
enum comparison { differs, equal, unsure };

/// Which bytes of a block are wanted of which so many are left.
static inline uint64_t wanted_of(size_t left) {
  return left < block ? (1ull << left) - 1 : ~0ull;
}

/// Asks for the memory that is read soon, wherever it ends.
static inline void prefetch(const uint8_t *text) {
  __builtin_prefetch((const void *)((uintptr_t)text + ahead));
}

/// Behind the carriage returns at `at`; a few, as a line has them.
static inline const uint8_t *behind_returns(const uint8_t *at) {
  for (int count = 0; count < most_returns && *at == '\r'; count++) at++;
  return at;
}

/// `clinescan_course_follow` with 64 bytes at once.
void clinescan_course_follow_64(const struct clinescan_course *course, const uint8_t *bytes,
                                size_t count, size_t most, int32_t first,
                                struct clinescan_following *following);

/// Whether the processor, and the system with it, can handle these.
int clinescan_can_follow_64(void);

#endif
