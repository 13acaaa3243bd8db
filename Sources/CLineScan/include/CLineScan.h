// Scans over the bytes of a log that need vector instructions to be cheap.
//
// Swift has no access to a "movemask", which is what turns a comparison of 16 bytes into the
// positions that matched; these few functions are all that needs one. Nothing here allocates, and
// no function reads outside the memory it is given.
#ifndef CLINESCAN_H
#define CLINESCAN_H

#include <stddef.h>
#include <stdint.h>

/// What is remarkable about a line, as bits.
enum {
  /// It has an odd byte, see `clinescan_first_odd`.
  CLINESCAN_ODD = 1,
  /// The beginning of a log macro's prefix, `I (1`, stands in it and not at its start.
  CLINESCAN_GLUED = 2,
};

/// Finds line feeds.
///
/// Writes for each line feed in `bytes` four times its position, plus the bits that hold for the line
/// that ends there. Stops when `capacity` positions are written. `flags` says on entry what held for
/// the unfinished line before `bytes`, and on return what holds for the line that is unfinished at
/// `*scanned`. `before` bytes in front of `bytes` belong to the same text; with none, a line begins
/// there. `count` must be below 2^30.
size_t clinescan_lines(const uint8_t *bytes, size_t count, size_t before, uint32_t *ends,
                       size_t capacity, size_t *scanned, uint32_t *flags);

/// Whether neither an odd byte nor the prefix of a log macro stands in `bytes` behind the first byte.
int clinescan_is_plain(const uint8_t *bytes, size_t count);

/// The first byte that is neither printable ASCII nor a tab, line feed or carriage return;
/// `count` if there is none.
size_t clinescan_first_odd(const uint8_t *bytes, size_t count);

/// The first position at or after `from` at which `byte` stands; `count` if there is none.
size_t clinescan_first_byte(const uint8_t *bytes, size_t count, size_t from, uint8_t byte);

/// The first position at or after `from` at which the prefix of a log macro begins, `I (1`; `count` if
/// there is none.
size_t clinescan_first_prefix(const uint8_t *bytes, size_t count, size_t from);

/// How many bytes a marker table for `count` literals of `length` bytes in total takes.
size_t clinescan_markers_size(size_t count, size_t length);

/// Builds a marker table in `table`, which must be aligned to 4 bytes and have
/// `clinescan_markers_size` bytes.
///
/// The literals stand one behind the other in `literals`; each has at least 4 bytes, and
/// there are fewer than 2^16.
void clinescan_markers_build(void *table, const uint8_t *literals, const uint32_t *lengths,
                             size_t count);

/// Finds a literal of the table that begins at or after `from`; its index goes to `*literal`.
///
/// What is looked for are 4 bytes of each literal, its window, from `start` on, and where that
/// stands is returned, or -1: so hits come in the order of these windows, not of their beginnings.
ptrdiff_t clinescan_markers_find(const void *table, const uint8_t *bytes, size_t count,
                                 size_t from, size_t start, uint32_t *literal);

/// The next literal behind `literal` whose window stands at `at` too; -1 if there is none.
ptrdiff_t clinescan_markers_next(const void *table, const uint8_t *bytes, size_t count,
                                 size_t from, size_t at, uint32_t literal);

/// How many bytes of a literal stand before its window.
uint32_t clinescan_markers_skip(const void *table, uint32_t literal);

/// How many ears tell apart who listens to the tags of a quiet table; one with a higher number listens
/// to every message.
enum { CLINESCAN_EARS = 32 };

/// How many bytes a quiet table with room for so many tags takes.
size_t clinescan_quiet_size(size_t tags);

/// Makes a quiet table, which says which log lines somebody listens to: none as yet. The memory must be
/// aligned to 8 bytes.
void clinescan_quiet_init(void *table, size_t tags);

/// Notes in a quiet table that an ear listens to a tag.
void clinescan_quiet_listen(void *table, const uint8_t *tag, size_t length, uint8_t ear);

/// Notes that an ear listens to messages that begin with these 4 bytes.
void clinescan_quiet_open(void *table, uint8_t ear, const uint8_t *opening);

/// Steps over lines of the log macros, `I (1234) tag: message`, that nobody listens to, in which no
/// literal of the marker table stands, and whose times do not go back; returns how many of the `count`
/// lines in `ends` (see `clinescan_lines`) those are.
///
/// The first line begins at `start`, which is negative if it begins before `bytes`; `readable` bytes
/// from `bytes` on may be read. `*time` is the time of the line before, and on return that of the last
/// line stepped over. No marker stands between `start` and `*clean`, which is kept up to date for the
/// next call on the same `bytes`.
size_t clinescan_quiet_lines(const void *table, const void *markers, const uint8_t *bytes,
                             size_t readable, const uint32_t *ends, size_t count, ptrdiff_t start,
                             int64_t *time, ptrdiff_t *clean);

#endif
