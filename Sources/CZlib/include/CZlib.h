#pragma once

#include <zlib.h>

/// Loads zlib, which the functions above are of; none of them may be called before. Returns NULL, or what is wrong
/// and what to do about it.
const char *czlib_load(void);
