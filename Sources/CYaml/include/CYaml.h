#pragma once

#include <yaml.h>

/// Loads libyaml, which the functions above are of; none of them may be called before. Returns NULL, or what is wrong
/// and what to do about it.
const char *cyaml_load(void);
