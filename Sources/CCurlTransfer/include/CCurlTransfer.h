#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads libcurl once. NULL when it is there, otherwise what the loader said.
///
/// Threads may call it at the same time; before anything else here.
const char *ccurl_load(void);

/// Many exchanges driven by one thread.
typedef struct ccurl_loop ccurl_loop;

/// One request and what became of it.
typedef struct ccurl_transfer ccurl_transfer;

/// A request. All texts are copied.
typedef struct {
  const char *url;
  /// Whole header lines, or NULL.
  const char *authorization;
  const char *content_type;
  /// GET without, POST with a body.
  bool has_body;
  /// The body's file, closed with the transfer; -1 when the body is `body_bytes`.
  int body_file;
  int64_t body_offset;
  int64_t body_length;
  /// Copied; may be NULL when `body_file` is given.
  const uint8_t *body_bytes;
  /// The most that an answer may have, headers and body each.
  size_t answer_limit;
  long connect_milliseconds;
  long total_milliseconds;
  /// The longest stretch in which not a byte moves.
  long silence_seconds;
} ccurl_request;

/// How far an exchange came.
typedef enum {
  CCURL_RESOLVING,
  CCURL_CONNECTING,
  CCURL_SENDING,
  /// Every byte of the request was handed to the kernel.
  CCURL_AWAITING,
  CCURL_RECEIVING,
} ccurl_phase;

/// How an exchange ended.
typedef enum {
  CCURL_UNFINISHED,
  CCURL_ANSWERED,
  CCURL_NAME_UNKNOWN,
  CCURL_NOT_CONNECTED,
  CCURL_TIMED_OUT,
  /// Reset, closed, or cut short; the system error and the phase tell which.
  CCURL_BROKEN,
  CCURL_NOT_HTTP,
  CCURL_TOO_LONG,
  CCURL_BODY_UNREADABLE,
  CCURL_OTHER,
} ccurl_ending;

/// What is known of an exchange; `answer` lives as long as the transfer.
typedef struct {
  ccurl_ending ending;
  ccurl_phase phase;
  /// The socket's error, or that of reading the body.
  int system_error;
  /// 0 while no status line came.
  int http_status;
  const uint8_t *answer;
  size_t answer_length;
  /// Bytes of the body handed to the kernel.
  int64_t sent;
  /// Bytes handed to the kernel that the node never acknowledged.
  int64_t unacknowledged;
  /// libcurl's own word for the ending; static.
  const char *wording;
} ccurl_state;

/// NULL without memory.
ccurl_loop *ccurl_loop_create(void);
/// All transfers have to be freed before.
void ccurl_loop_free(ccurl_loop *loop);
/// Moves what can move, then waits for the network, a wake-up or the time.
void ccurl_loop_turn(ccurl_loop *loop, int milliseconds);
/// Ends a wait in `ccurl_loop_turn`; the one call that may come from another thread.
void ccurl_loop_wake(ccurl_loop *loop);
/// A transfer that has ended since the last call, or NULL.
ccurl_transfer *ccurl_loop_next_ended(ccurl_loop *loop);

/// Starts a request. NULL without memory, the body's file then closed.
ccurl_transfer *ccurl_transfer_start(ccurl_loop *loop, const ccurl_request *request);
/// What is known now.
ccurl_state ccurl_transfer_state(ccurl_transfer *transfer);
/// Ends the transfer if it still runs, and forgets it.
void ccurl_transfer_free(ccurl_transfer *transfer);
