#include "CCurlTransfer.h"
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

curl_library ccurl_library;

typedef struct {
  const char *name;
  void **place;
} symbol;

// What is wrong; empty if nothing is.
static char problem[256];

static void fail(const char *said) { snprintf(problem, sizeof problem, "%s", said); }

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return fail(dlerror());
  const symbol symbols[] = {
      {"curl_global_init", (void **)&ccurl_library.global_init},
      {"curl_easy_init", (void **)&ccurl_library.easy_init},
      {"curl_easy_cleanup", (void **)&ccurl_library.easy_cleanup},
      {"curl_easy_setopt", (void **)&ccurl_library.easy_setopt},
      {"curl_easy_getinfo", (void **)&ccurl_library.easy_getinfo},
      {"curl_easy_strerror", (void **)&ccurl_library.easy_strerror},
      {"curl_slist_append", (void **)&ccurl_library.slist_append},
      {"curl_slist_free_all", (void **)&ccurl_library.slist_free_all},
      {"curl_multi_init", (void **)&ccurl_library.multi_init},
      {"curl_multi_cleanup", (void **)&ccurl_library.multi_cleanup},
      {"curl_multi_add_handle", (void **)&ccurl_library.multi_add_handle},
      {"curl_multi_remove_handle", (void **)&ccurl_library.multi_remove_handle},
      {"curl_multi_perform", (void **)&ccurl_library.multi_perform},
      {"curl_multi_poll", (void **)&ccurl_library.multi_poll},
      {"curl_multi_wakeup", (void **)&ccurl_library.multi_wakeup},
      {"curl_multi_info_read", (void **)&ccurl_library.multi_info_read},
  };
  for (size_t index = 0; index < sizeof symbols / sizeof symbols[0]; index++) {
    *symbols[index].place = dlsym(library, symbols[index].name);
    if (*symbols[index].place == NULL) return fail(dlerror());
  }
  // Nodes speak plain HTTP: the TLS libraries need no setting up.
  if (ccurl_library.global_init(CURL_GLOBAL_NOTHING) != CURLE_OK) fail("libcurl.so.4 does not start");
}

// Loaded on first use: libcurl brings some thirty libraries, which only the commands that speak to
// a node should pay for. Threads may ask at the same time.
const char *ccurl_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return problem[0] != 0 ? problem : NULL;
}
