// What decides whether a log line is quiet, shared by those who step over lines.
#ifndef CLINESCAN_QUIET_RUN_H
#define CLINESCAN_QUIET_RUN_H

#include "quiet.h"

/// A longer line is looked at by those who know all forms.
enum { longest_line = 4096 };

/// How far the stepping is.
struct quiet_run {
  ptrdiff_t start;        // of the next line
  int64_t time, earlier;  // of the last log line and of the one before
};

/// Steps over log lines that are quiet, without those that take a closer look; returns how many. All memory up to
/// 144 bytes behind the last line can be read.
size_t clinescan_quiet_run_32(const struct quiet *quiet, const uint8_t *bytes,
                              const uint32_t *ends, size_t count, struct quiet_run *run);

/// Whether the processor, and the system with it, can do that.
int clinescan_can_run_32(void);

/// Whether somebody listens to such a message of a tag with this hash, after a first look has not ruled it out;
/// `cell_ear` is that of the tag's cell.
int clinescan_is_heard(const struct quiet *quiet, uint64_t hash, uint32_t cell_ear,
                       const uint8_t *message);

/// Whether somebody listens to what a tag says behind its colon. Needs 32 bytes from `tag` and from the message on.
__attribute__((always_inline)) static inline int is_heard(const struct quiet *quiet,
                                                          const uint8_t *tag, size_t length) {
  const uint8_t *message = tag + length + 1;
  message += *message == ' ';
  uint64_t hash = hash_of_tag(tag, length);
  uint32_t ear = quiet->ears[cell_of(hash)];
  if (!bit_of(quiet->openings[ear].of_4, opening_of_4(message))) return 0;
  return clinescan_is_heard(quiet, hash, ear, message);
}

/// Whether a tag begins like `boot.esp32s3`, which stands for `boot`.
static inline int is_booting(const uint8_t *tag) {
  return word_at(tag) << 24 == 0x2e746f6f62u << 24;
}

#endif
