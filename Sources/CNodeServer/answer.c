#include "CNodeServer.h"
#include "library.h"

#include <stdlib.h>
#include <string.h>

/// A body that is not what its header says.
struct odd_body {
  size_t count;
  int repeats;
  char bytes[];
};

static ssize_t tell(void *context, uint64_t position, char *buffer, size_t room) {
  const struct odd_body *body = context;
  if (body->count == 0 || (position >= body->count && !body->repeats))
    return MHD_CONTENT_READER_END_WITH_ERROR;
  size_t start = position % body->count;
  size_t portion = body->count - start < room ? body->count - start : room;
  memcpy(buffer, body->bytes + start, portion);
  return (ssize_t)portion;
}

static struct MHD_Response *odd_response(const void *bytes, size_t count, uint64_t declared) {
  struct odd_body *body = malloc(sizeof *body + count);
  if (body == NULL) return NULL;
  body->count = count;
  body->repeats = declared == CNODE_LENGTH_UNKNOWN;
  if (count > 0) memcpy(body->bytes, bytes, count);
  struct MHD_Response *response = cnode_library.create_response_from_callback(
      declared == CNODE_LENGTH_UNKNOWN ? MHD_SIZE_UNKNOWN : declared, 1024, tell, body, free);
  if (response == NULL) free(body);
  return response;
}

int cnode_request_answer(
    cnode_request *request, unsigned status, const char *content_type, const void *bytes,
    size_t count, uint64_t declared, const char *location) {
  struct MHD_Response *response =
      declared == count
          ? cnode_library.create_response_from_buffer(
                count, (void *)bytes, MHD_RESPMEM_MUST_COPY)
          : odd_response(bytes, count, declared);
  if (response == NULL) return 0;
  cnode_library.add_response_header(response, "Content-Type", content_type);
  // The firmware's server closes what it failed to serve.
  if (status >= 400) cnode_library.add_response_header(response, "Connection", "close");
  if (location != NULL) cnode_library.add_response_header(response, "Location", location);
  int queued =
      cnode_library.queue_response((struct MHD_Connection *)request, status, response) == MHD_YES;
  cnode_library.destroy_response(response);
  return queued;
}
