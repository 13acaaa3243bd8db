#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>

/// Loads libelf and libdw, which the functions above are of; none of them may be called before. Returns NULL, or what is wrong
/// and what to do about it.
const char *celfutils_load(void);
