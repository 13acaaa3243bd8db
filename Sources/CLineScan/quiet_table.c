// Notes who listens to which log lines.
#include "quiet.h"

static size_t slot_count(size_t tags) {
  size_t slots = 64;
  while (slots < 4 * tags) slots *= 2;
  return slots;
}

size_t clinescan_quiet_size(size_t tags) {
  return sizeof(struct quiet) + slot_count(tags) * sizeof(struct slot);
}

void clinescan_quiet_init(void *table, size_t tags) {
  struct quiet *quiet = table;
  memset(quiet, 0, clinescan_quiet_size(tags));
  quiet->last_slot = slot_count(tags) - 1;
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

void clinescan_quiet_open(void *table, uint8_t ear, const uint8_t *opening, size_t length) {
  struct quiet *quiet = table;
  struct openings *openings = &quiet->openings[ear + 1];
  set(openings->of_4, opening_of_4(opening));
  set(openings->of_8, length < 8 ? short_opening_of(opening) : opening_of_8(opening));
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
