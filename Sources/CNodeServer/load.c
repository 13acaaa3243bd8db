#include "CNodeServer.h"
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>

struct cnode_library cnode_library;

// What is wrong; empty if nothing is.
static char problem[256];

#define FOUND(name) \
  (*(void **)&cnode_library.name = dlsym(library, "MHD_" #name)) != NULL

static void load(void) {
  void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (library != NULL && FOUND(start_daemon) && FOUND(stop_daemon) && FOUND(run) &&
      FOUND(get_timeout) && FOUND(get_daemon_info) && FOUND(get_connection_info) &&
      FOUND(lookup_connection_value) && FOUND(suspend_connection) && FOUND(resume_connection) &&
      FOUND(create_response_from_buffer) && FOUND(create_response_from_callback) &&
      FOUND(add_response_header) && FOUND(queue_response) && FOUND(destroy_response)) {
    return;
  }
  const char *said = dlerror();
  snprintf(problem, sizeof problem, "%s", said != NULL ? said : "libmicrohttpd.so.12 is not whole");
}

// Loaded on first use: only a simulated node needs it. Threads may ask at the same time.
const char *cnode_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return problem[0] != 0 ? problem : NULL;
}
