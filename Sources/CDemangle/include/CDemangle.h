#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes the readable name behind a mangled C++ (Itanium) or Rust (legacy and v0) name into
/// `text`, which has room for `size` bytes, without a NUL, and returns its length. Returns 0 when
/// the name is not mangled, or its readable form is longer than `size`: a short hostile name can
/// stand for gigabytes.
size_t cdemangle(const char *name, char *text, size_t size);

#ifdef __cplusplus
}
#endif
