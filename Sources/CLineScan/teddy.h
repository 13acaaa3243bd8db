// The search loop of `markers.c`, written once for both block sizes: it is included with FIND,
// WIDTH and the operations on a block defined.

/// Needs `count - start` to be at least WIDTH + 4: WIDTH positions and the 4 bytes behind the last of them.
SHUFFLE_TARGET static ptrdiff_t FIND(const struct table *table, const uint8_t *bytes, size_t count,
                                     size_t from, size_t start, uint32_t *literal) {
  block low[window_length], high[window_length];
  for (int k = 0; k < window_length; k++) {
    low[k] = load_table(table->low[k]);
    high[k] = load_table(table->high[k]);
  }
  size_t last = count - WIDTH - (window_length - 1);
  size_t at = start;
  const uint32_t everywhere = 0xffffffffu >> (32 - WIDTH);
  uint32_t wanted = everywhere;
  for (;;) {
    const uint8_t *p = bytes + at;
    block hit = buckets(load(p), low[0], high[0]);
    for (int k = 1; k < window_length; k++) hit = both(hit, buckets(load(p + k), low[k], high[k]));
    uint32_t candidates = alarms(hit) & wanted;
    while (candidates) {
      size_t position = at + (size_t)__builtin_ctz(candidates);
      uint32_t found = match_at(table, bytes, count, from, position);
      if (found) {
        *literal = found - 1;
        return (ptrdiff_t)position;
      }
      candidates &= candidates - 1;
    }
    // What is shorter than a window may still stand in the last bytes.
    if (at == last) return find_scalar(table, bytes, count, from, last + WIDTH, literal);
    size_t next = at + WIDTH;
    if (next > last) {
      // The last block lies flush with the end and looks only at what is new to it.
      wanted = everywhere & ~((1u << (next - last)) - 1);
      next = last;
    }
    at = next;
  }
}
