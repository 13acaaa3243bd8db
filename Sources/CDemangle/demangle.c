#include "CDemangle.h"

#include <setjmp.h>
#include <string.h>

#include <libiberty/demangle.h>

/* Longer names exist only to make demanglers work. */
enum { longest_name = 16 << 10 };

struct output {
  char *text;
  size_t size;
  size_t used;
  jmp_buf full;
};

/* libiberty cannot be told to stop. Both demanglers keep their state on the stack, so that leaving
   them in the middle loses nothing. */
static void add(const char *piece, size_t length, void *opaque) {
  struct output *output = opaque;
  if (length > output->size - output->used)
    longjmp(output->full, 1);
  memcpy(output->text + output->used, piece, length);
  output->used += length;
}

size_t cdemangle(const char *name, char *text, size_t size) {
  if (strnlen(name, longest_name + 1) > longest_name)
    return 0;
  struct output output = {.text = text, .size = size};
  if (setjmp(output.full))
    return 0;
  /* Legacy Rust names are C++ names too; their hash only shows there. */
  if (rust_demangle_callback(name, DMGL_PARAMS | DMGL_ANSI, add, &output))
    return output.used;
  output.used = 0;
  if (strncmp(name, "_Z", 2) != 0)
    return 0;
  if (cplus_demangle_v3_callback(name, DMGL_PARAMS | DMGL_ANSI, add, &output))
    return output.used;
  return 0;
}
