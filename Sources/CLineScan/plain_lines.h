// What tells whether a line without a log prefix means nothing, written once for all forms: it is included with
// IS_PLAIN_QUIET, TARGET and CHARACTERS_OF defined.
TARGET int IS_PLAIN_QUIET(const struct quiet *quiet, enum clinescan_prints prints,
                          const uint8_t *text, const uint8_t *end) {
  if (text == end) return 1;
  enum clinescan_plain plain = quiet->plain[text[0]];
  if (plain == CLINESCAN_PLAIN_LOUD) return 0;
  // The rest of a cut sentence, and what is stripped from the end of a line.
  switch (end[-1]) {
    case '.': case ' ': case '\t': case '>': case 'm': return 0;
    default: break;
  }
  size_t length = (size_t)(end - text);
  uint64_t first_colons = 0;
  int letters = 0;
  // Pieces overlap by 8, so that nothing is cut.
  for (size_t at = 0; at < length; at += 56) {
    size_t count = length - at < 64 ? length - at : 64;
    uint64_t wanted = count < 64 ? (1ull << count) - 1 : ~0ull;
    struct characters found = CHARACTERS_OF(text + at, count);
    if ((found.bars | found.returns) & wanted) return 0;
    if (plain == CLINESCAN_PLAIN_NUMBERS && (~found.numeric & wanted)) return 0;
    if (found.letters_x & (found.zeros << 1) & wanted) return 0;
    // What pieces share is counted twice: strict is good enough.
    letters += __builtin_popcountll(found.letters & wanted);
    if (prints == CLINESCAN_UNREADABLE_PRINTS && letters >= 3) return 0;
    uint64_t digits = found.hexadecimal & wanted;
    digits &= digits >> 1;
    digits &= digits >> 2;
    if (digits & digits >> 4) return 0;
    if (at == 0) first_colons = found.colons & wanted;
    if (count == length - at) break;
  }
  if (plain == CLINESCAN_PLAIN_NUMBERS) return text[0] != '-' || (length > 1 && is_digit(text[1]));
  // A log line without time, a colour that lost its escape byte, a script's `b'`, a month.
  switch (text[1]) {
    case ' ': if (is_level(text[0])) return 0; break;
    // One that somebody typed anew.
    case '(': if (is_level(text[0] & 0xdf)) return 0; break;
    case '[': case '\'': case '"': return 0;
    default: break;
  }
  if (text[3] == ' ' && text[6] == ' ' && text[9] == ':') return 0;
  if (bit_of(quiet->plain_openings, plain_opening_of(text))) return 0;
  return !has_name(quiet, text, first_colons);
}
