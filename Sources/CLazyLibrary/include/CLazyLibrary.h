#pragma once

#include <pthread.h>
#include <stddef.h>

/// A function of such a library, and where its address is kept.
typedef struct {
  const char *name;
  void **place;
} lazy_function;

/// A library that is loaded when it is first needed: each library that a program is linked with makes its start
/// longer, also where nobody asks for it.
typedef struct {
  /// The names to try, the last one is NULL.
  const char *const *names;
  /// The package of Debian and Ubuntu that brings it.
  const char *package;
  const lazy_function *functions;
  size_t function_count;
  pthread_mutex_t lock;
  int is_loaded;
  char problem[512];
} lazy_library;

/// Loads the library, once. Returns NULL, or what is wrong and what to do about it, valid until the end of the
/// program.
const char *lazy_library_load(lazy_library *library);

/// One of the library's functions, under its own name: callers need not know that it is loaded late. It must not be
/// called before the library was loaded.
#define LAZY_FUNCTION(result, name, parameters, arguments)                \
  static result(*name##_found) parameters;                                \
  __attribute__((visibility("hidden"))) result name parameters {          \
    return name##_found arguments;                                        \
  }
/// The same for a function that returns nothing.
#define LAZY_PROCEDURE(ignored, name, parameters, arguments)              \
  static void (*name##_found) parameters;                                 \
  __attribute__((visibility("hidden"))) void name parameters { name##_found arguments; }

/// Its entry in the table of functions.
#define LAZY_ENTRY(ignored, name, parameters, arguments) {#name, (void **)&name##_found},
