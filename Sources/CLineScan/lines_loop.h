// The block loop of `clinescan_lines`, written once for all block sizes: it is included with LOOP, TARGET,
// LOOKUPS, PREPARED, LOOK, WRITE_FEEDS and WRITE_ALARMS defined.

/// Takes blocks of 64 bytes as long as there are some, with 8 more bytes behind them, and room for 64 line feeds.
TARGET void LOOP(struct reading *reading) {
  const LOOKUPS lookups = PREPARED(&reading->table->lookups);
  size_t at = reading->at;
  uint32_t flags = reading->flags;
  int begins = at + reading->before == 0 || reading->bytes[(ptrdiff_t)at - 1] == '\n';
  uint64_t line_start = (uint64_t)begins;
  size_t readable = reading->count + reading->behind;
  if (readable < 64 + behind_block) return;
  size_t last = readable - 64 - behind_block;
  if (reading->count < 64) return;
  if (last > reading->count - 64) last = reading->count - 64;
  if (reading->capacity < 64) return;
  uint16_t places[stretch + 64];
  const uint8_t *bytes = reading->bytes;
  uint32_t *next = reading->ends + reading->written;
  const uint32_t *full = reading->ends + reading->capacity - 64;
  while (at <= last && next <= full) {
    size_t base = at, alarm_count = 0, line = (size_t)(next - reading->ends);
    size_t stop = last - at < stretch ? last : at + stretch - 64;
    for (; at <= stop && next <= full; at += 64) {
      struct sights sights;
      const uint8_t *p = bytes + at;
      LOOK(&lookups, p, &sights);
      uint64_t starts = sights.feeds << 1 | line_start;
      line_start = sights.feeds >> 63;
      uint64_t glued = sights.prefixes & ~starts;
      if (glued) glued = true_prefixes(p, glued);
      if (!(sights.odds | glued | flags)) {
        next = WRITE_FEEDS(next, at, sights.feeds);
      } else {
        next = note_lines(next, at, &sights, glued, &flags);
      }
      WRITE_ALARMS(places, &alarm_count, at - base, sights.alarms);
    }
    reading->flags = flags;
    reading->at = at;
    reading->written = (size_t)(next - reading->ends);
    // Most alarms are false, which 4 bytes show. Which ones is chance, so no branch depends on it.
    size_t left = 0;
    for (size_t index = 0; index < alarm_count; index++) {
      uint16_t place = places[index];
      places[left] = place;
      left += is_window(reading->table, bytes + base + place);
    }
    clinescan_note_markers(reading, base, line, places, left);
    flags = reading->flags;
  }
}
