#pragma once

#include "CCurlTransfer.h"
#include "library.h"

struct ccurl_transfer {
  // The owner and each open socket: the library may close a socket after its transfer is gone.
  int references;
  ccurl_loop *loop;
  CURL *easy;
  struct curl_slist *headers;

  bool has_body;
  int body_file;
  int64_t body_offset;
  int64_t body_length;
  int64_t body_position;
  uint8_t *body_bytes;
  int body_error;

  uint8_t *answer;
  size_t answer_length;
  size_t answer_limit;
  size_t header_length;
  bool too_long;

  int socket;
  int64_t unacknowledged;
  // What lay unread in the socket when it was closed.
  int salvaged_status;

  ccurl_ending ending;
  CURLcode code;
};

void ccurl_release(ccurl_transfer *transfer);
bool ccurl_answer_add(ccurl_transfer *transfer, const char *bytes, size_t length);
// Reads an answer that the library left in a socket that broke while the body was being sent.
void ccurl_salvage(ccurl_transfer *transfer, int socket);
// How many bytes the other side has not acknowledged.
int64_t ccurl_unacknowledged(int socket);
