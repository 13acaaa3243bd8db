#include "CZstd.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(ZSTD_DStream *, ZSTD_createDStream, (void), ()) \
  LAZY(size_t, ZSTD_decompressStream, (ZSTD_DStream *stream, ZSTD_outBuffer *output, ZSTD_inBuffer *input), (stream, output, input)) \
  LAZY(size_t, ZSTD_freeDStream, (ZSTD_DStream *stream), (stream)) \
  LAZY(const char *, ZSTD_getErrorName, (size_t code), (code)) \
  LAZY(unsigned, ZSTD_isError, (size_t code), (code))

FUNCTIONS(LAZY_FUNCTION)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY)};
static const char *const names[] = {"libzstd.so.1", NULL};
static lazy_library library = {
    .names = names,
    .package = "libzstd1",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *czstd_load(void) { return lazy_library_load(&library); }
