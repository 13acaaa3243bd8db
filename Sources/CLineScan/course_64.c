// Follows a course with 64 bytes at once.
#include "course.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define CLINESCAN_TARGET_64 __attribute__((target("avx512f,avx512bw,bmi,bmi2")))

int clinescan_can_follow_64(void) {
  // 0 until somebody asked.
  static int answer;
  enum { no = 1, yes };
  int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);
  if (known) return known == yes;
  int can = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512f") &&
            __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  __atomic_store_n(&answer, can ? yes : no, __ATOMIC_RELAXED);
  return can;
}

/// One bit for each byte that is a hexadecimal digit in small letters.
CLINESCAN_TARGET_64 static inline uint64_t hexadecimal_of(__m512i v) {
  __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
  __m512i letter = _mm512_sub_epi8(v, _mm512_set1_epi8('a'));
  return _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10)) |
         _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(6));
}

/// Whether the bytes are those of a line.
CLINESCAN_TARGET_64 static inline int has_text_64(const struct clinescan_course *course,
                                                  const struct clinescan_course_line *line,
                                                  const uint8_t *text) {
  const uint8_t *known = course->texts + line->text;
  const uint64_t *free = course->free + line->text / block;
  size_t left = line->length;
  for (;; text += block, known += block, left -= block, free++) {
    __m512i bytes = _mm512_loadu_si512(text);
    uint64_t bad = _mm512_cmpneq_epi8_mask(bytes, _mm512_loadu_si512(known));
    if (line->has_free) bad = (bad & ~*free) | (*free & ~hexadecimal_of(bytes));
    if (bad & wanted_of(left)) return 0;
    if (left <= block) return 1;
  }
}

#define FOLLOW clinescan_course_follow_64
#define COMPARE compare_64
#define LINKAGE
#define TARGET CLINESCAN_TARGET_64
#define HAS_TEXT has_text_64
#include "course_follow.h"
#endif
