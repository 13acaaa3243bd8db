#include "CNodeServer.h"
#include "library.h"

#include <dlfcn.h>
#include <stddef.h>

struct cnode_library cnode_library;

#define FOUND(name) \
  (*(void **)&cnode_library.name = dlsym(library, "MHD_" #name)) != NULL

// Loaded on first use: only a simulated node needs it.
const char *cnode_load(void) {
  static int complete;
  if (complete) return NULL;
  void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
  complete = FOUND(start_daemon) && FOUND(stop_daemon) && FOUND(run) && FOUND(get_timeout) &&
             FOUND(get_daemon_info) && FOUND(get_connection_info) &&
             FOUND(lookup_connection_value) && FOUND(suspend_connection) &&
             FOUND(resume_connection) && FOUND(create_response_from_buffer) &&
             FOUND(create_response_from_callback) && FOUND(add_response_header) &&
             FOUND(queue_response) && FOUND(destroy_response);
  return complete ? NULL : dlerror();
}
