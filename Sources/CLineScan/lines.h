// The block loop of `clinescan_lines`, written once for both block sizes: it is included with LINES,
// WIDTH, TARGET and the operations on a block defined.

/// Takes blocks of 64 bytes as long as there are some, and room for 64 line feeds. Needs 4 readable
/// bytes before the first.
TARGET static void LINES(const uint8_t *bytes, size_t count, uint32_t *ends, size_t capacity,
                         size_t *position, size_t *found, uint32_t *flags) {
  size_t at = *position, written = *found;
  uint32_t pending = *flags;
  while (count - at >= 64 && capacity - written >= 64) {
    uint64_t feeds = 0, odds = 0, glued = 0;
    for (int part = 0; part < 64; part += WIDTH) {
      const uint8_t *p = bytes + at + part;
      bytes16 v = load16(p);
      feeds |= (uint64_t)equal16(v, '\n') << part;
      odds |= (uint64_t)odd16(v) << part;
      glued |= (uint64_t)glued16(p) << part;
    }
    while (feeds) {
      unsigned bit = (unsigned)__builtin_ctzll(feeds);
      uint64_t through = feeds ^ (feeds - 1);  // all bits up to the line feed
      if (odds & through) pending |= CLINESCAN_ODD;
      if (glued & through) pending |= CLINESCAN_GLUED;
      ends[written++] = (uint32_t)(at + bit) << 2 | pending;
      pending = 0;
      odds &= ~through;
      glued &= ~through;
      feeds &= feeds - 1;
    }
    if (odds) pending |= CLINESCAN_ODD;
    if (glued) pending |= CLINESCAN_GLUED;
    at += 64;
  }
  *position = at;
  *found = written;
  *flags = pending;
}
