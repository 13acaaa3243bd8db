#include "transfer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef SOCK_CLOEXEC
#define SOCK_CLOEXEC 0
#endif

void ccurl_release(ccurl_transfer *transfer) {
  if (--transfer->references > 0) return;
  if (transfer->body_file >= 0) close(transfer->body_file);
  if (transfer->headers != NULL) ccurl_library.slist_free_all(transfer->headers);
  free(transfer->body_bytes);
  free(transfer->answer);
  free(transfer);
}

bool ccurl_answer_add(ccurl_transfer *transfer, const char *bytes, size_t length) {
  if (length > transfer->answer_limit - transfer->answer_length) {
    transfer->too_long = true;
    return false;
  }
  if (length == 0) return true;
  uint8_t *grown = realloc(transfer->answer, transfer->answer_length + length);
  if (grown == NULL) return false;
  memcpy(grown + transfer->answer_length, bytes, length);
  transfer->answer = grown;
  transfer->answer_length += length;
  return true;
}

static size_t answer_came(char *bytes, size_t size, size_t count, void *context) {
  return ccurl_answer_add(context, bytes, size * count) ? size * count : 0;
}

static size_t header_came(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes;
  ccurl_transfer *transfer = context;
  transfer->header_length += size * count;
  if (transfer->header_length <= transfer->answer_limit) return size * count;
  transfer->too_long = true;
  return 0;
}

static size_t body_wanted(char *bytes, size_t size, size_t count, void *context) {
  ccurl_transfer *transfer = context;
  size_t room = size * count;
  int64_t rest = transfer->body_length - transfer->body_position;
  if (rest <= 0) return 0;
  if ((int64_t)room > rest) room = (size_t)rest;
  if (transfer->body_file < 0) {
    memcpy(bytes, transfer->body_bytes + transfer->body_position, room);
  } else {
    // Not read(2): the position belongs to this transfer, whoever else has the file open.
    ssize_t got;
    do {
      got = pread(transfer->body_file, bytes, room, transfer->body_offset + transfer->body_position);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
      // A file that has become shorter has no errno of its own.
      transfer->body_error = got < 0 ? errno : EIO;
      return CURL_READFUNC_ABORT;
    }
    room = (size_t)got;
  }
  transfer->body_position += (int64_t)room;
  return room;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  ccurl_transfer *transfer = context;
  int number = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (number < 0) return CURL_SOCKET_BAD;
  transfer->socket = number;
  transfer->references++;
  return number;
}

static int close_socket(void *context, curl_socket_t number) {
  ccurl_transfer *transfer = context;
  if (number == transfer->socket) {
    transfer->unacknowledged = ccurl_unacknowledged(number);
    ccurl_salvage(transfer, number);
    transfer->socket = -1;
  }
  close(number);
  ccurl_release(transfer);
  return 0;
}

static bool add_header(ccurl_transfer *transfer, const char *line) {
  if (line == NULL) return true;
  struct curl_slist *grown = ccurl_library.slist_append(transfer->headers, line);
  if (grown == NULL) return false;
  transfer->headers = grown;
  return true;
}

static void set_up(ccurl_transfer *transfer, const ccurl_request *request) {
  CURL *easy = transfer->easy;
  CURLcode (*set)(CURL *, CURLoption, ...) = ccurl_library.easy_setopt;
  set(easy, CURLOPT_URL, request->url);
  set(easy, CURLOPT_PRIVATE, transfer);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // A proxy of the environment knows nothing of nodes, and must not see their key.
  set(easy, CURLOPT_PROXY, "");
#if LIBCURL_VERSION_NUM >= 0x075500
  set(easy, CURLOPT_PROTOCOLS_STR, "http");
#endif
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  set(easy, CURLOPT_USERAGENT, "esptriage");
  // A node that restarts leaves no connection worth keeping.
  set(easy, CURLOPT_FRESH_CONNECT, 1L);
  set(easy, CURLOPT_FORBID_REUSE, 1L);
  set(easy, CURLOPT_TCP_NODELAY, 1L);
  set(easy, CURLOPT_HTTPHEADER, transfer->headers);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
  set(easy, CURLOPT_TIMEOUT_MS, request->total_milliseconds);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(easy, CURLOPT_LOW_SPEED_TIME, request->silence_seconds);
  set(easy, CURLOPT_WRITEFUNCTION, answer_came);
  set(easy, CURLOPT_WRITEDATA, transfer);
  set(easy, CURLOPT_HEADERFUNCTION, header_came);
  set(easy, CURLOPT_HEADERDATA, transfer);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(easy, CURLOPT_OPENSOCKETDATA, transfer);
  set(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  set(easy, CURLOPT_CLOSESOCKETDATA, transfer);
  if (!request->has_body) return;
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
  set(easy, CURLOPT_READFUNCTION, body_wanted);
  set(easy, CURLOPT_READDATA, transfer);
}

static ccurl_transfer *create(ccurl_loop *loop, const ccurl_request *request) {
  ccurl_transfer *transfer = calloc(1, sizeof *transfer);
  if (transfer == NULL) {
    if (request->body_file >= 0) close(request->body_file);
    return NULL;
  }
  transfer->references = 1;
  transfer->loop = loop;
  transfer->socket = -1;
  transfer->has_body = request->has_body;
  transfer->body_file = request->body_file;
  transfer->body_offset = request->body_offset;
  transfer->body_length = request->body_length;
  transfer->answer_limit = request->answer_limit;
  if (request->body_file < 0 && request->body_length > 0) {
    transfer->body_bytes = malloc((size_t)request->body_length);
    if (transfer->body_bytes == NULL) return transfer;
    memcpy(transfer->body_bytes, request->body_bytes, (size_t)request->body_length);
  }
  // The firmware's server knows no "100 Continue": waiting for one would cost a second.
  if (!add_header(transfer, "Expect:")) return transfer;
  if (!add_header(transfer, request->authorization)) return transfer;
  if (!add_header(transfer, request->content_type)) return transfer;
  transfer->easy = ccurl_library.easy_init();
  return transfer;
}

ccurl_transfer *ccurl_transfer_start(ccurl_loop *loop, const ccurl_request *request) {
  ccurl_transfer *transfer = create(loop, request);
  if (transfer == NULL) return NULL;
  if (transfer->easy == NULL) {
    ccurl_release(transfer);
    return NULL;
  }
  set_up(transfer, request);
  if (ccurl_library.multi_add_handle((CURLM *)loop, transfer->easy) != CURLM_OK) {
    ccurl_library.easy_cleanup(transfer->easy);
    ccurl_release(transfer);
    return NULL;
  }
  return transfer;
}

void ccurl_transfer_free(ccurl_transfer *transfer) {
  ccurl_library.multi_remove_handle((CURLM *)transfer->loop, transfer->easy);
  ccurl_library.easy_cleanup(transfer->easy);
  transfer->easy = NULL;
  ccurl_release(transfer);
}
