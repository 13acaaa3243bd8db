#include "CNodeServer.h"
#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct cnode_server {
  struct MHD_Daemon *daemon;
  cnode_on_request on_request;
  cnode_on_end on_end;
  void *context;
};

static struct MHD_Connection *connection_of(cnode_request *request) {
  return (struct MHD_Connection *)request;
}

/// What one request has come to.
struct progress {
  int has_headers;
  void *memory;
};

static enum MHD_Result followed(struct MHD_Connection *connection, cnode_course course) {
  if (course == cnode_wait) cnode_library.suspend_connection(connection);
  return course == cnode_close ? MHD_NO : MHD_YES;
}

static enum MHD_Result take_request(
    void *context, struct MHD_Connection *connection, const char *path, const char *method,
    const char *version, const char *bytes, size_t *count, void **memory) {
  (void)version;
  cnode_server *server = context;
  struct progress *progress = *memory;
  if (progress == NULL) {
    progress = *memory = calloc(1, sizeof *progress);
    if (progress == NULL) return MHD_NO;
  }
  size_t portion = progress->has_headers ? *count : 0;
  progress->has_headers = 1;
  cnode_course course = server->on_request(
      server->context, (cnode_request *)connection, method, path, portion > 0 ? bytes : NULL,
      portion, &progress->memory);
  if (portion > 0) *count = 0;
  return followed(connection, course);
}

static void end_request(
    void *context, struct MHD_Connection *connection, void **memory,
    enum MHD_RequestTerminationCode how) {
  cnode_server *server = context;
  struct progress *progress = *memory;
  if (progress == NULL) return;
  server->on_end(
      server->context, (cnode_request *)connection, how == MHD_REQUEST_TERMINATED_COMPLETED_OK,
      &progress->memory);
  free(progress);
  *memory = NULL;
}

cnode_server *cnode_server_start(
    int listening, cnode_on_request on_request, cnode_on_end on_end, void *context) {
  cnode_server *server = calloc(1, sizeof *server);
  if (server == NULL) return NULL;
  *server = (cnode_server){NULL, on_request, on_end, context};
  // Turbo leaves out the FIN before a close, without which no connection could end in a reset.
  server->daemon = cnode_library.start_daemon(
      MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0,
      NULL, NULL, take_request, server,
      MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_NOTIFY_COMPLETED, end_request, server,
      MHD_OPTION_END);
  if (server->daemon == NULL) {
    free(server);
    return NULL;
  }
  return server;
}

int cnode_server_descriptor(cnode_server *server) {
  const union MHD_DaemonInfo *info =
      cnode_library.get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info == NULL ? -1 : info->epoll_fd;
}

int cnode_server_run(cnode_server *server) {
  MHD_UNSIGNED_LONG_LONG due;
  // Bytes that were read already make no descriptor readable; a deadline of now tells of them. The
  // number of turns is limited so that one endless answer does not keep the other nodes waiting.
  for (int turns = 0; turns < 16; turns++) {
    cnode_library.run(server->daemon);
    if (cnode_library.get_timeout(server->daemon, &due) != MHD_YES || due > 0) return 0;
  }
  return 1;
}

void cnode_server_stop(cnode_server *server) {
  cnode_library.stop_daemon(server->daemon);
  free(server);
}

const char *cnode_request_header(cnode_request *request, const char *name) {
  return cnode_library.lookup_connection_value(connection_of(request), MHD_HEADER_KIND, name);
}

int cnode_request_socket(cnode_request *request) {
  const union MHD_ConnectionInfo *info = cnode_library.get_connection_info(
      connection_of(request), MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

void cnode_request_resume(cnode_request *request) {
  cnode_library.resume_connection(connection_of(request));
}

int cnode_reset_on_close(int socket) {
  struct linger abandoned = {1, 0};
  return setsockopt(socket, SOL_SOCKET, SO_LINGER, &abandoned, sizeof abandoned);
}

int cnode_reset_now(int socket) {
  struct sockaddr nobody = {.sa_family = AF_UNSPEC};
  return connect(socket, &nobody, sizeof nobody);
}
