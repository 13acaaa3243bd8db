#include "CLzma.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(lzma_ret, lzma_code, (lzma_stream *stream, lzma_action action), (stream, action)) \
  LAZY(lzma_ret, lzma_stream_decoder, (lzma_stream *stream, uint64_t limit, uint32_t flags), (stream, limit, flags))

#define PROCEDURES(LAZY) \
  LAZY(void, lzma_end, (lzma_stream *stream), (stream))

FUNCTIONS(LAZY_FUNCTION)
PROCEDURES(LAZY_PROCEDURE)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY) PROCEDURES(LAZY_ENTRY)};
static const char *const names[] = {"liblzma.so.5", NULL};
static lazy_library library = {
    .names = names,
    .package = "liblzma5",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *clzma_load(void) { return lazy_library_load(&library); }
