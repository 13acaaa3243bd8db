// Scans over the bytes of a log that need vector instructions to be cheap.
//
// Swift has no access to a "movemask", which is what turns a comparison of 16 bytes into the
// positions that matched; these few functions are all that needs one. Nothing here allocates, and
// no function reads outside the memory it is given.
#ifndef CLINESCAN_H
#define CLINESCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// What is remarkable about a line, as bits and small counts.
enum {
  /// How many odd bytes it has, see `clinescan_first_odd`; 3 stands for more.
  CLINESCAN_ODD = 3,
  /// How often the beginning of a log macro's prefix, `I (1`, stands in it and not at its start; 2 stands
  /// for more.
  CLINESCAN_GLUED = 12,
  /// A literal stands in it.
  CLINESCAN_MARKED = 16,
  /// By how many bits the place of a line's end is moved to make room for these.
  CLINESCAN_FLAG_BITS = 5,
};

/// How many bytes at once the processor may be asked to handle, if it can. The results are the same.
enum clinescan_vectors {
  CLINESCAN_NONE, CLINESCAN_UP_TO_16, CLINESCAN_UP_TO_32, CLINESCAN_UP_TO_64,
};

/// Finds line feeds, and what is remarkable about the lines that they end.
///
/// Writes for each line feed in `bytes` its position, moved by `CLINESCAN_FLAG_BITS`, plus what is to be said about
/// the line that ends there. Stops when `capacity` positions are written. `flags` says on entry what held for
/// the unfinished line before `bytes`, and on return what holds for the line that is unfinished at
/// `*scanned`. `before` bytes in front of `bytes` belong to the same text, and `behind` bytes after them; with none in
/// front, a line begins there. `count` must be below 2^27. The literals are those of a marker table.
size_t clinescan_lines(const void *markers, const uint8_t *bytes, size_t count, size_t before,
                       size_t behind, enum clinescan_vectors vectors, uint32_t *ends,
                       size_t capacity, size_t *scanned, uint32_t *flags);

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

/// Builds a marker table in `table`, which must be aligned to 8 bytes and have
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

/// How many bytes a quiet table with room for so many tags and openings takes.
size_t clinescan_quiet_size(size_t tags, size_t openings);

/// Makes a quiet table, which says which log lines somebody listens to: none as yet. The memory must be
/// aligned to 8 bytes.
void clinescan_quiet_init(void *table, size_t tags, size_t openings);

/// Notes in a quiet table that an ear listens to a tag.
void clinescan_quiet_listen(void *table, const uint8_t *tag, size_t length, uint8_t ear);

/// Notes that an ear listens to messages that begin so, 4 bytes at least; there must be room for another opening.
void clinescan_quiet_open(void *table, uint8_t ear, const uint8_t *opening, size_t length);

/// What a capture tool puts before each line, where only digits differ from line to line: a clock.
struct clinescan_clock {
  /// How many bytes; 0 if there is none.
  uint8_t length;
  /// The bytes, with 0 for each digit, and 255 for a digit and 0 for all else.
  uint8_t bytes[48], digits[48];
  /// Where the colons stand, behind which minutes and seconds begin.
  uint8_t colon_count, colons[8];
};

/// Learns a clock from a line that begins with it; one that is too long is forgotten.
void clinescan_clock_learn(struct clinescan_clock *clock, const uint8_t *bytes, size_t length);

/// Notes that a line that lost its level and time is known by this tag, `tag: message`.
void clinescan_quiet_name(void *table, const uint8_t *tag, size_t length);

/// What plain lines may mean that begin with a certain byte.
enum clinescan_plain {
  /// Anything.
  CLINESCAN_PLAIN_LOUD,
  /// Something only if they begin with one of the openings, or hold `0x` or 8 hexadecimal digits in a row.
  CLINESCAN_PLAIN_OPENINGS,
  /// Nothing, if they are but numbers.
  CLINESCAN_PLAIN_NUMBERS,
};

/// Notes what plain lines may mean that begin with a byte.
void clinescan_quiet_plain(void *table, uint8_t first, enum clinescan_plain plain);

/// Notes how plain lines begin that mean something, by 4 bytes.
void clinescan_quiet_plain_open(void *table, const uint8_t *opening);

/// The time that no log line follows: with it none is stepped over.
#define CLINESCAN_NO_TIME INT64_MAX

/// Lines without a log prefix that mean nothing to anybody.
enum clinescan_prints {
  CLINESCAN_NO_PRINTS,
  /// Those that have too few letters for a person to read, fewer than 3.
  CLINESCAN_UNREADABLE_PRINTS,
  CLINESCAN_ALL_PRINTS,
};

/// How the one who steps over lines gets on.
struct clinescan_progress {
  /// The time of the last log line.
  int64_t time;
  /// The time of the log line before that one; meant where `messages` is not 0.
  int64_t earlier;
  /// How many of the lines stepped over were log lines.
  size_t messages;
  /// Which lines without a log prefix may be stepped over too.
  enum clinescan_prints prints;
};

/// Steps over lines of the log macros, `I (1234) tag: message`, that nobody listens to, in which no
/// literal stands, and whose times do not go back; returns how many of the `count`
/// lines in `ends` (see `clinescan_lines`) those are. They may be coloured, and bear the capture tool's `clock`.
///
/// The first line begins at `start`, which is negative if it begins before `bytes`; `readable` bytes
/// from `bytes` on may be read.
size_t clinescan_quiet_lines(const void *table, const struct clinescan_clock *clock,
                             const uint8_t *bytes, size_t readable, const uint32_t *ends,
                             size_t count, ptrdiff_t start, enum clinescan_vectors vectors,
                             struct clinescan_progress *progress);

/// A line that a boot printed, and what may follow it.
struct clinescan_course_line {
  /// Where its text begins, a multiple of `CLINESCAN_COURSE_BLOCK`, and how long it is; of a line with a time, that is what stands behind
  /// the digits.
  uint32_t text, length;
  /// The first line that came behind it, and the next one that came where it came; -1 for none.
  int32_t child, sibling;
  /// The level before the digits of a line with a time; else 0.
  uint8_t level;
  /// Whether some of its bytes may be other hexadecimal digits.
  uint8_t has_free;
  /// Whether such a line may stand in the input as it is, and in the log macros' colours.
  uint8_t comes_bare, comes_coloured;
  /// Whether its time is below `early_before`.
  uint8_t is_early;
};

/// So many bytes are compared at once.
enum { CLINESCAN_COURSE_BLOCK = 64 };

/// The lines that boots printed, one behind the other.
struct clinescan_course {
  const struct clinescan_course_line *lines;
  /// The texts, each filled up with zeros to a multiple of `CLINESCAN_COURSE_BLOCK` bytes, and at least one block.
  const uint8_t *texts;
  /// For each block of them, which bytes may be other digits.
  const uint64_t *free;
  int64_t early_before;
};

/// A line with a time, as it came.
struct clinescan_timed_line {
  int32_t line;
  int64_t time;
};

/// How far lines went as they did before.
struct clinescan_following {
  /// On entry, the time before the first line, below 0 for none.
  int64_t clock;
  /// How many lines were taken, the last one of them, and how many bytes they have, line ends included.
  size_t count;
  int32_t line;
  size_t length;
  /// Whether the line behind them may be one of the course, for somebody who takes a closer look.
  int is_unsure;
  /// How many of them have a time, and the last two of these.
  size_t timed_count;
  struct clinescan_timed_line timed[2];
};

/// Follows the lines at `bytes`, at most so many, of which the first is to be `first` or one that came in its place.
/// Their times do not go back.
void clinescan_course_follow(const struct clinescan_course *course, const uint8_t *bytes,
                             size_t count, size_t most, int32_t first,
                             enum clinescan_vectors vectors,
                             struct clinescan_following *following);

/// Whether so many bytes are the same.
static inline int clinescan_is_same(const uint8_t *p, const uint8_t *q, size_t count) {
  return memcmp(p, q, count) == 0;
}

/// Whether `text` is that of a line, of one with a time without its beginning.
int clinescan_course_has(const struct clinescan_course *course, int32_t line, const uint8_t *text,
                         size_t length);

#endif
