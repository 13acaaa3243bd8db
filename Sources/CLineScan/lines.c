// Reads a window of a log once: where its lines end, and what is remarkable about each of them.
#include "lines.h"

#include "shuffle.h"

/// Notes that a marker stands at `at`, which has been read; returns the index of the first line that ends behind it,
/// which is no earlier than `low`.
static size_t note_marker(struct reading *reading, size_t at, size_t low) {
  // Markers crowd: where the next one stands, few lines end in between.
  size_t step = 1, high = low;
  while (high < reading->written && reading->ends[high] >> entry_shift < at) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > reading->written) high = reading->written;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (reading->ends[middle] >> entry_shift < at) low = middle + 1;
    else high = middle;
  }
  if (low < reading->written) reading->ends[low] |= CLINESCAN_MARKED;
  else reading->flags |= CLINESCAN_MARKED;
  return low;
}

void clinescan_note_markers(struct reading *reading, size_t base, size_t line, uint16_t *places,
                            size_t count) {
  const struct table *table = reading->table;
  const uint8_t *text = reading->bytes - reading->before;
  size_t length = reading->before + reading->count + reading->behind;
  // Of the first and last places not all have the 8 bytes that are looked at; they are few.
  size_t sure = count, unsure = 0;
  while (sure > 0 && base + places[sure - 1] + 8 > reading->count + reading->behind) sure--;
  while (unsure < sure && reading->before + base + places[unsure] < 3) unsure++;
  // Without a branch that could be foreseen wrongly: nearly all are false alarms.
  size_t left = unsure;
  for (size_t index = unsure; index < sure; index++) {
    size_t place = places[index];
    places[left] = (uint16_t)place;
    left += is_seen(table, reading->bytes + base + place);
  }
  while (sure < count) places[left++] = places[sure++];
  // Where the line ends that is known to be marked.
  size_t marked = 0;
  for (size_t index = 0; index < left; index++) {
    size_t at = base + places[index];
    if (at < marked) continue;
    if (!match_at(table, text, length, 0, reading->before + at)) continue;
    line = note_marker(reading, at, line);
    marked = line < reading->written ? reading->ends[line] >> entry_shift : SIZE_MAX;
  }
}

/// Reads one byte.
static void step(struct reading *reading) {
  const uint8_t *p = reading->bytes + reading->at;
  size_t left = reading->count + reading->behind - reading->at;
  if (*p == '\n') {
    reading->ends[reading->written++] = (uint32_t)reading->at << entry_shift | reading->flags;
    reading->flags = 0;
  } else {
    if (is_odd(*p)) reading->flags = with_odd(reading->flags, 1);
    int begins = reading->at + reading->before == 0 || p[-1] == '\n';
    if (!begins && left >= 4 && is_prefix(p)) reading->flags = with_glued(reading->flags, 1);
    size_t length = reading->before + reading->count + reading->behind;
    if (left >= compared_length &&
        match_at(reading->table, reading->bytes - reading->before, length, 0,
                 reading->before + reading->at)) {
      reading->flags |= CLINESCAN_MARKED;
    }
  }
  reading->at++;
}

size_t clinescan_lines(const void *markers, const uint8_t *bytes, size_t count, size_t before,
                       size_t behind, enum clinescan_vectors vectors, uint32_t *ends,
                       size_t capacity, size_t *scanned, uint32_t *flags) {
  struct reading reading = {.table = markers, .bytes = bytes, .before = before, .count = count,
                            .behind = behind, .ends = ends, .capacity = capacity, .flags = *flags};
#if CLINESCAN_SHUFFLE && CLINESCAN_VECTOR
#if defined(__x86_64__)
  if (vectors >= CLINESCAN_UP_TO_64 && clinescan_can_loop_64()) clinescan_loop_64(&reading);
  else if (vectors >= CLINESCAN_UP_TO_32 && clinescan_can_shuffle_32()) clinescan_loop_32(&reading);
  else
#endif
  if (vectors >= CLINESCAN_UP_TO_16 && clinescan_can_shuffle_16()) clinescan_loop_16(&reading);
#else
  (void)vectors;
#endif
  while (reading.at < count && reading.written < capacity) step(&reading);
  *scanned = reading.at;
  *flags = reading.flags;
  return reading.written;
}
