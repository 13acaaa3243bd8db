// What stands in a line without a log prefix, shared by the forms that look at it.
#ifndef CLINESCAN_PLAIN_H
#define CLINESCAN_PLAIN_H

#include "quiet.h"

/// What stands in up to 64 bytes, one bit for each.
struct characters {
  uint64_t bars, returns, colons, hexadecimal, zeros, letters, letters_x;
  uint64_t numeric;  // what may stand in a line that is but numbers
};

/// Whether a tag and a colon stand at the beginning, by which a line is known that lost the rest of its prefix.
static int has_name(const struct quiet *quiet, const uint8_t *text, uint64_t colons) {
  if (!colons) return 0;
  size_t length = (size_t)__builtin_ctzll(colons);
  if (length > longest_tag || text[length + 1] != ' ') return 0;
  return quiet->names[cell_of(hash_of_tag(text, length))];
}

#endif
