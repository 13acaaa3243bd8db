#pragma once

// The functions are not taken from the library directly, so that they are no more visible than ours.
#define ZSTDLIB_VISIBLE
#define ZSTDLIB_VISIBILITY
#include <zstd.h>

/// Loads libzstd, which the functions above are of; none of them may be called before. Returns NULL, or what is wrong
/// and what to do about it.
const char *czstd_load(void);
