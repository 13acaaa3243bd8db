#include "CZlib.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(int, inflate, (z_streamp stream, int flush), (stream, flush)) \
  LAZY(int, inflateEnd, (z_streamp stream), (stream)) \
  LAZY(int, inflateInit2_, (z_streamp stream, int bits, const char *version, int size), (stream, bits, version, size)) \
  LAZY(int, inflateReset, (z_streamp stream), (stream))

FUNCTIONS(LAZY_FUNCTION)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY)};
static const char *const names[] = {"libz.so.1", NULL};
static lazy_library library = {
    .names = names,
    .package = "zlib1g",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *czlib_load(void) { return lazy_library_load(&library); }
