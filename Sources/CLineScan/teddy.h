// The search loop of `markers.c`, written once for both block sizes: it is included with FIND,
// WIDTH and the operations on a block defined.

/// Needs `count - start` to be at least WIDTH + 3: WIDTH positions and the 3 bytes behind the last of them.
SHUFFLE_TARGET static ptrdiff_t FIND(const struct table *table, const uint8_t *bytes, size_t count,
                                     size_t from, size_t start, uint32_t *literal) {
  block l0 = load_table(table->low[0]), l1 = load_table(table->low[1]);
  block l2 = load_table(table->low[2]), l3 = load_table(table->low[3]);
  block h0 = load_table(table->high[0]), h1 = load_table(table->high[1]);
  block h2 = load_table(table->high[2]), h3 = load_table(table->high[3]);
  size_t last = count - WIDTH - 3;
  size_t at = start;
  const uint32_t everywhere = 0xffffffffu >> (32 - WIDTH);
  uint32_t wanted = everywhere;
  for (;;) {
    const uint8_t *p = bytes + at;
    block hit = both(both(buckets(load(p), l0, h0), buckets(load(p + 1), l1, h1)),
                     both(buckets(load(p + 2), l2, h2), buckets(load(p + 3), l3, h3)));
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
    if (at == last) return -1;
    size_t next = at + WIDTH;
    if (next > last) {
      // The last block lies flush with the end and looks only at what is new to it.
      wanted = everywhere & ~((1u << (next - last)) - 1);
      next = last;
    }
    at = next;
  }
}
