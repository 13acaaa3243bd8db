// Notes who listens to which log lines.
#include "quiet.h"

static size_t slot_count(size_t tags) {
  size_t slots = 64;
  while (slots < 4 * tags) slots *= 2;
  return slots;
}

size_t clinescan_quiet_size(size_t tags, size_t openings) {
  size_t size = sizeof(struct quiet) + slot_count(tags) * sizeof(struct slot);
  // What compares an opening may load a few bytes from behind the last one.
  return (size + openings * sizeof(struct opening) + 8 + 7) / 8 * 8;
}

void clinescan_quiet_init(void *table, size_t tags, size_t openings) {
  struct quiet *quiet = table;
  memset(quiet, 0, clinescan_quiet_size(tags, openings));
  quiet->last_slot = slot_count(tags) - 1;
  quiet->opening_capacity = openings;
  memset(&quiet->openings[all_ears], 255, sizeof quiet->openings[all_ears]);
}

void clinescan_quiet_listen(void *table, const uint8_t *tag, size_t length, uint8_t number) {
  struct quiet *quiet = table;
  // A longer tag takes the long way in any case.
  if (length > longest_tag || length == 0) return;
  uint8_t ear = number < CLINESCAN_EARS ? (uint8_t)(number + 1) : all_ears;
  uint8_t padded[32] = {0};
  memcpy(padded, tag, length);
  uint64_t hash = hash_of_tag(padded, length);
  size_t at = slot_of(quiet, hash);
  while (quiet->slots[at].tag && quiet->slots[at].tag != hash) at = (at + 1) & quiet->last_slot;
  // A tag that two listen to, or of two tags with the same hash both, is never skipped.
  quiet->slots[at].ear = quiet->slots[at].tag ? all_ears : ear;
  quiet->slots[at].tag = hash;
  // Two tags in one cell are told apart by their slots.
  uint8_t *cell = &quiet->ears[cell_of(hash)];
  *cell = *cell == deaf ? ear : all_ears;
}

static void set(uint64_t *bits, uint32_t bit) { bits[bit >> 6] |= 1ull << (bit & 63); }

void clinescan_quiet_open(void *table, uint8_t ear, const uint8_t *text, size_t length) {
  struct quiet *quiet = table;
  struct opening opening = {.length = length < longest_opening ? (uint16_t)length : longest_opening};
  memcpy(opening.text, text, opening.length);
  uint32_t first = opening_of_4(opening.text);
  struct opening *openings = openings_of(quiet);
  set(quiet->openings[ear + 1].of_4, first);
  // Under whichever tag it is: that two say nearly the same, and only one of them is heard, is rare.
  for (size_t at = quiet->opening_heads[first]; at; at = openings[at - 1].next) {
    if (openings[at - 1].length == opening.length &&
        memcmp(openings[at - 1].text, opening.text, opening.length) == 0) return;
  }
  if (quiet->opening_count == quiet->opening_capacity) {
    // Whoever makes too little room hears too much.
    quiet->is_full = 1;
    return;
  }
  opening.next = quiet->opening_heads[first];
  openings[quiet->opening_count++] = opening;
  quiet->opening_heads[first] = (uint16_t)quiet->opening_count;
}

void clinescan_quiet_name(void *table, const uint8_t *tag, size_t length) {
  struct quiet *quiet = table;
  if (length > longest_tag || length == 0) return;
  uint8_t padded[32] = {0};
  memcpy(padded, tag, length);
  quiet->names[cell_of(hash_of_tag(padded, length))] = 1;
}

void clinescan_quiet_plain(void *table, uint8_t first, enum clinescan_plain plain) {
  struct quiet *quiet = table;
  quiet->plain[first] = (uint8_t)plain;
}

void clinescan_quiet_plain_open(void *table, const uint8_t *opening) {
  struct quiet *quiet = table;
  set(quiet->plain_openings, plain_opening_of(opening));
}
