#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Loads libmicrohttpd once. NULL when it is there, otherwise what the loader said.
const char *cnode_load(void);

/// A web server on one listening socket; it works only while `cnode_server_run` is running.
typedef struct cnode_server cnode_server;
/// A request that a client is making.
typedef struct cnode_request cnode_request;

/// How a request goes on.
typedef enum {
  /// The server does what is next: more of the body, or the answer that was given.
  cnode_go_on = 0,
  /// Nothing more happens until `cnode_request_resume`.
  cnode_wait = 1,
  /// The connection is closed.
  cnode_close = 2,
} cnode_course;

/// Called with the headers (`bytes` NULL), with each portion of the body, and once more at its end
/// (`bytes` NULL again). `memory` is the caller's own for the length of the request and begins as NULL.
typedef cnode_course (*cnode_on_request)(
    void *context, cnode_request *request, const char *method, const char *path, const void *bytes,
    size_t count, void **memory);
/// Called when a request is over, however it ended. `answered` is 1 when its answer was handed to
/// the kernel whole.
typedef void (*cnode_on_end)(void *context, cnode_request *request, int answered, void **memory);

/// Starts a server on a listening socket, which it takes over; NULL when the library refuses.
cnode_server *cnode_server_start(
    int listening, cnode_on_request on_request, cnode_on_end on_end, void *context);
/// A descriptor that can be read from when there is work.
int cnode_server_descriptor(cnode_server *server);
/// Does the work there is; 1 when some is left that no descriptor will tell of.
int cnode_server_run(cnode_server *server);
/// Ends all connections and closes the socket. No request may be waiting.
void cnode_server_stop(cnode_server *server);

/// A header of the request, or NULL.
const char *cnode_request_header(cnode_request *request, const char *name);
/// The connection's socket.
int cnode_request_socket(cnode_request *request);
/// Lets a request that waits go on.
void cnode_request_resume(cnode_request *request);

/// What is said about the length of an answer.
#define CNODE_LENGTH_UNKNOWN UINT64_MAX

/// Answers. Of `count` bytes are told; when `declared` is more, the connection is closed behind
/// them, and when it is unknown they are repeated for as long as the client listens.
/// `location` may be NULL. Returns 0 when the request cannot be answered in the state it is in.
int cnode_request_answer(
    cnode_request *request, unsigned status, const char *content_type, const void *bytes,
    size_t count, uint64_t declared, const char *location);

/// Closing this socket resets its connection.
int cnode_reset_on_close(int socket);
/// Resets the connection at once: stopping a server would say goodbye first.
int cnode_reset_now(int socket);

/// An epoll descriptor, or -1. Swift's Glibc module leaves epoll out.
int cnode_poller_open(void);
/// Waits for this descriptor as well; 0, or -1 with errno set.
int cnode_poller_add(int poller, int descriptor);
/// Waits for it no more.
void cnode_poller_remove(int poller, int descriptor);
/// Fills in which descriptors can be read, and returns how many; no more than `room` and 64.
int cnode_poller_wait(int poller, int *ready, int room, int milliseconds);
