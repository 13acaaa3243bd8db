#include "CLazyLibrary.h"

#include <dlfcn.h>
#include <stdio.h>

static int find_all(const lazy_library *library, void *handle) {
  for (size_t index = 0; index < library->function_count; index++) {
    void *found = dlsym(handle, library->functions[index].name);
    if (found == NULL) return 0;
    *library->functions[index].place = found;
  }
  return 1;
}

static void open_library(lazy_library *library) {
  for (const char *const *name = library->names; *name != NULL; name++) {
    // Never closed: whoever got a pointer from the library keeps it as long as it likes.
    void *handle = dlopen(*name, RTLD_NOW | RTLD_LOCAL);
    if (handle != NULL && find_all(library, handle)) {
      library->is_loaded = 1;
      return;
    }
  }
  const char *reason = dlerror();
  snprintf(
      library->problem, sizeof library->problem, "%s cannot be loaded (%s): run 'sudo apt install %s'",
      library->names[0], reason == NULL ? "a function is missing" : reason, library->package);
}

const char *lazy_library_load(lazy_library *library) {
  pthread_mutex_lock(&library->lock);
  if (!library->is_loaded && library->problem[0] == '\0') open_library(library);
  const char *problem = library->is_loaded ? NULL : library->problem;
  pthread_mutex_unlock(&library->lock);
  return problem;
}
