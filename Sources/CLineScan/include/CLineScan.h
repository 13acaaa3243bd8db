// Scans over the bytes of a log that need vector instructions to be cheap.
//
// Swift has no access to a "movemask", which is what turns a comparison of 16 bytes into the
// positions that matched; these few functions are all that needs one. Nothing here allocates, and
// no function reads outside the memory it is given.
#ifndef CLINESCAN_H
#define CLINESCAN_H

#include <stddef.h>
#include <stdint.h>

/// Finds line feeds.
///
/// Writes for each line feed in `bytes` twice its position, plus 1 if the line that ends there has
/// an odd byte (see `clinescan_first_odd`). Stops when `capacity` positions are written. `odd`
/// says on entry whether the unfinished line before `bytes` had one, and on return whether the
/// line that is unfinished at `*scanned` has. `count` must be below 2^31.
size_t clinescan_lines(const uint8_t *bytes, size_t count, uint32_t *ends, size_t capacity,
                       size_t *scanned, uint32_t *odd);

/// The first byte that is neither printable ASCII nor a tab, line feed or carriage return;
/// `count` if there is none.
size_t clinescan_first_odd(const uint8_t *bytes, size_t count);

/// The first position at or after `from` at which `byte` stands; `count` if there is none.
size_t clinescan_first_byte(const uint8_t *bytes, size_t count, size_t from, uint8_t byte);

/// How many bytes a marker table for `count` literals of `length` bytes in total takes.
size_t clinescan_markers_size(size_t count, size_t length);

/// Builds a marker table in `table`, which must be aligned to 4 bytes and have
/// `clinescan_markers_size` bytes.
///
/// The literals stand one behind the other in `literals`; each has at least 4 bytes.
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

#endif
