// Builds the table of a marker search: which literal goes into which bucket, with which of its bytes.
#include "CLineScan.h"
#include "markers.h"

enum {
  longest_skip = 16,
  class_count = 20,
  // Of a literal, the rarest by themselves. With fewer or with more there were more false alarms in all.
  tried_windows = 6,
};

static int is_small(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }

/// How common a byte is in the text of logs, roughly.
static float commonness(uint8_t byte) {
  if (byte < ' ' || byte > '~') return 0.01f;
  if (byte == ' ') return 0.14f;
  if (memchr("aeinorst", byte, 8)) return 0.042f;
  if (byte >= 'a' && byte <= 'z') return 0.013f;
  if (byte >= '0' && byte <= '9') return 0.022f;
  if (memchr(":._(),", byte, 6)) return 0.012f;
  return 0.001f;
}

/// How much more often than by chance these bytes stand together: small letters make words.
static float togetherness(const uint8_t *bytes, uint32_t count) {
  float factor = 1;
  for (uint32_t k = 1; k < count; k++) {
    if (is_small(bytes[k - 1]) && is_small(bytes[k])) factor *= 3;
  }
  return factor;
}

/// The bytes that a bucket lets through at one place of its windows: every combination of the halves
/// that occur there.
struct place {
  float sum;                     // how common all of them are
  float of_low[16];              // what a new low half would add, 0 for those that occur
  float of_high[16];             // what a new high half would add
  float lacks_low[16], lacks_high[16];  // 1 for those that do not occur, else 0
};

/// What `sum` would be with one more byte; without a branch, because it is asked very often.
static inline float sum_with(const struct place *place, const float weights[256], uint8_t byte) {
  int low = byte & 15, high = byte >> 4;
  return place->sum + place->of_low[low] + place->of_high[high] +
         place->lacks_low[low] * place->lacks_high[high] * weights[byte];
}

static void add(struct place *place, const float weights[256], uint8_t byte) {
  int low = byte & 15, high = byte >> 4;
  place->sum = sum_with(place, weights, byte);
  int is_new_low = place->lacks_low[low] > 0, is_new_high = place->lacks_high[high] > 0;
  place->lacks_low[low] = place->lacks_high[high] = 0;
  place->of_low[low] = place->of_high[high] = 0;
  for (int half = 0; half < 16; half++) {
    if (is_new_high) place->of_low[half] += place->lacks_low[half] * weights[high << 4 | half];
    if (is_new_low) place->of_high[half] += place->lacks_high[half] * weights[half << 4 | low];
  }
}

/// How rare the rarest window of a literal is; 0 is the rarest, `class_count` - 1 the most common.
static int rarity(const float weights[256], const uint8_t *literal, uint32_t length) {
  uint32_t known = length < window_length ? length : window_length;
  float least = 1;
  for (uint32_t s = 0; s + known <= length && s < longest_skip; s++) {
    float rate = 1;
    for (uint32_t k = 0; k < known; k++) rate *= weights[literal[s + k]];
    if (rate < least) least = rate;
  }
  int class = class_count - 1;
  for (float limit = 0.05f; class > 0 && least < limit; limit /= 16) class--;
  return class;
}

size_t clinescan_markers_size(size_t count, size_t length) {
  return sizeof(struct table) + count * sizeof(struct entry) + length;
}

/// Lets a byte through at a place of the windows of a bucket.
static void allow(struct lookups *lookups, int k, uint8_t byte, uint8_t bucket) {
  lookups->low[k][byte & 15] |= bucket;
  lookups->high[k][byte >> 4] |= bucket;
  lookups->exact[k][byte & 127] |= bucket;
}

static void allow_all(struct lookups *lookups, int k, uint8_t bucket) {
  for (int byte = 0; byte < 256; byte++) allow(lookups, k, (uint8_t)byte, bucket);
}

/// The prefix of the log macros, `I (1`, has a bucket of its own.
static void allow_prefix(struct lookups *lookups) {
  for (const char *level = "EWIDV"; *level; level++) {
    allow(lookups, 0, (uint8_t)*level, prefix_bucket);
  }
  allow(lookups, 1, ' ', prefix_bucket);
  allow(lookups, 2, '(', prefix_bucket);
  for (int digit = '0'; digit <= '9'; digit++) {
    allow(lookups, 3, (uint8_t)digit, prefix_bucket);
  }
  allow_all(lookups, 4, prefix_bucket);
}

static void set(uint64_t *words, uint32_t bit) { words[bit >> 6] |= 1ull << (bit & 63); }

/// The places of the windows of a literal that would give the fewest alarms in a bucket of their own; how many those are.
static uint32_t rarest_windows(const float weights[256], const uint8_t *literal, uint32_t length, uint32_t known,
                               uint32_t places[tried_windows]) {
  float rates[tried_windows];
  uint32_t count = 0;
  for (uint32_t s = 0; s + known <= length && s < longest_skip; s++) {
    float rate = togetherness(literal + s, known);
    for (uint32_t k = 0; k < known; k++) rate *= weights[literal[s + k]];
    uint32_t at = count < tried_windows ? count++ : tried_windows;
    for (; at > 0 && rate < rates[at - 1]; at--) {
      if (at == tried_windows) continue;
      rates[at] = rates[at - 1];
      places[at] = places[at - 1];
    }
    if (at == tried_windows) continue;
    rates[at] = rate;
    places[at] = s;
  }
  return count;
}

/// Chooses window and bucket of a literal so that they add the fewest false alarms.
static void deal(struct table *table, struct place places[bucket_count][window_length],
                 float alarm_rates[bucket_count], const float weights[256],
                 const uint8_t *literal, struct entry *entry) {
  // A literal shorter than a window lets any byte through behind its end.
  uint32_t known = entry->length < window_length ? entry->length : window_length;
  int bucket = 0;
  float least = -1;
  uint32_t windows[tried_windows];
  uint32_t window_count = rarest_windows(weights, literal, entry->length, known, windows);
  for (uint32_t w = 0; w < window_count; w++) {
    uint32_t s = windows[w];
    float together = togetherness(literal + s, known);
    for (int b = 0; b < bucket_count; b++) {
      float rate = 1;
      for (uint32_t k = 0; k < known; k++) {
        rate *= sum_with(&places[b][k], weights, literal[s + k]);
      }
      float growth = (rate - alarm_rates[b]) * together;
      if (least < 0 || growth < least) {
        least = growth;
        bucket = b;
        entry->skip = s;
      }
    }
  }
  const uint8_t *window = literal + entry->skip;
  entry->window = window_at(window);
  uint8_t bit = (uint8_t)(1u << bucket);
  alarm_rates[bucket] = 1;
  for (uint32_t k = 0; k < window_length; k++) {
    struct place *place = &places[bucket][k];
    if (k < known) {
      add(place, weights, window[k]);
      allow(&table->lookups, (int)k, window[k], bit);
    } else {
      for (int half = 0; half < 16; half++) add(place, weights, (uint8_t)(half * 17));
      allow_all(&table->lookups, (int)k, bit);
    }
    alarm_rates[bucket] *= place->sum;
  }
}

void clinescan_markers_build(void *memory, const uint8_t *literals, const uint32_t *lengths,
                             size_t count) {
  struct table *table = memory;
  memset(table, 0, sizeof *table);
  allow_prefix(&table->lookups);
  float weights[256];
  for (int byte = 0; byte < 256; byte++) weights[byte] = commonness((uint8_t)byte);
  uint32_t offset = (uint32_t)(sizeof *table + count * sizeof(struct entry));
  for (size_t index = 0; index < count; index++) {
    struct entry *entry = &table->entries[index];
    *entry = (struct entry){.length = lengths[index], .offset = offset};
    memcpy((uint8_t *)memory + offset, literals, lengths[index]);
    offset += lengths[index];
    literals += lengths[index];
    entry->next = (uint32_t)rarity(weights, (uint8_t *)memory + entry->offset, entry->length);
  }

  struct place places[bucket_count][window_length];
  memset(places, 0, sizeof places);
  for (int b = 0; b < bucket_count; b++) {
    for (int k = 0; k < window_length; k++) {
      for (int half = 0; half < 16; half++) {
        places[b][k].lacks_low[half] = places[b][k].lacks_high[half] = 1;
      }
    }
  }
  float alarm_rates[bucket_count] = {0};
  // The literals without a rare window come first: what they let through, the others may use.
  for (uint32_t class = class_count; class-- > 0;) {
    for (size_t index = 0; index < count; index++) {
      struct entry *entry = &table->entries[index];
      if (entry->next != class) continue;
      deal(table, places, alarm_rates, weights, (uint8_t *)memory + entry->offset, entry);
    }
  }

  for (size_t index = count; index-- > 0;) {
    struct entry *entry = &table->entries[index];
    uint32_t hash = hash_of_window(entry->window);
    const uint8_t *window = (const uint8_t *)memory + entry->offset + entry->skip;
    set(table->windows, hash >> (32 - window_bits));
    if (entry->length - entry->skip >= 8) {
      set(table->seen, seen_bit(window));
    } else if (entry->skip >= 3 && entry->length - entry->skip >= 5) {
      set(table->seen, seen_bit(window - 3));
    } else {
      set(table->short_seen, short_seen_bit(window));
    }
    uint16_t *head = &table->heads[head_of(hash)];
    entry->next = *head;
    *head = (uint16_t)(index + 1);
  }
}
