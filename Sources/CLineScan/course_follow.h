// The following of a course, written once for all forms: it is included with FOLLOW, COMPARE, LINKAGE, TARGET and
// HAS_TEXT defined, which may read a block behind a text.

/// Compares the line at `text` with one of the course; behind an equal one stands `*next`.
static inline TARGET enum comparison COMPARE(const struct clinescan_course *course,
                                             const struct clinescan_course_line *line,
                                             const uint8_t *text, const uint8_t *end,
                                             const uint8_t **next, int64_t *time) {
  if (line->length > longest_text ||
      (size_t)(end - text) < before_text + line->length + behind_text) {
    return unsure;
  }
  int is_coloured = *text == '\033';
  if (line->level == 0) {
    if (is_coloured && line->comes_coloured) return unsure;
    if (!line->comes_bare) return differs;
  } else {
    if (!(is_coloured ? line->comes_coloured : line->comes_bare)) return differs;
    if (is_coloured) {
      if (memcmp(text, "\033[0;3", 5) != 0 || (uint8_t)(text[5] - '0') > 9 || text[6] != 'm') return differs;
      text += 7;
    }
    if (text[0] != line->level || text[1] != ' ' || text[2] != '(') return differs;
    size_t length = first_of_16(text + 3, ')');
    if (!read_time(text + 3, length, time)) return differs;
    text += 3 + length;
  }
  if (!HAS_TEXT(course, line, text)) return differs;
  text = behind_returns(text + line->length);
  if (is_coloured) {
    if (memcmp(text, "\033[0m", 4) != 0) return unsure;
    text = behind_returns(text + 4);
  }
  if (*text != '\n') return *text == '\r' || is_coloured ? unsure : differs;
  *next = text + 1;
  return equal;
}

/// Follows lines as `clinescan_course_follow` says.
LINKAGE TARGET void FOLLOW(const struct clinescan_course *course, const uint8_t *bytes,
                           size_t count, size_t most, int32_t first,
                           struct clinescan_following *following) {
  const uint8_t *place = bytes, *end = bytes + count, *next = bytes;
  following->count = following->timed_count = 0;
  following->is_unsure = 0;
  following->line = -1;
  int64_t clock = following->clock;
  while (following->count < most) {
    int64_t time = 0;
    prefetch(place);
    enum comparison found = differs;
    int32_t index = first;
    for (; index >= 0; index = course->lines[index].sibling) {
      found = COMPARE(course, &course->lines[index], place, end, &next, &time);
      if (found != differs) break;
    }
    if (found != equal) {
      following->is_unsure = found == unsure;
      break;
    }
    const struct clinescan_course_line *line = &course->lines[index];
    if (line->level != 0) {
      if (time < clock || (time < course->early_before) != line->is_early) {
        following->is_unsure = 1;
        break;
      }
      clock = time;
      following->timed[0] = following->timed[1];
      following->timed[1] = (struct clinescan_timed_line){index, time};
      following->timed_count++;
    }
    place = next;
    following->line = index;
    following->count++;
    first = line->child;
  }
  following->length = (size_t)(place - bytes);
}
