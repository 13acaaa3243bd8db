#include "transfer.h"

static ccurl_ending ending_of(const ccurl_transfer *transfer, CURLcode code) {
  if (transfer->too_long) return CCURL_TOO_LONG;
  if (transfer->body_error != 0) return CCURL_BODY_UNREADABLE;
  switch (code) {
    case CURLE_OK: return CCURL_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST: return CCURL_NAME_UNKNOWN;
    case CURLE_COULDNT_CONNECT: return CCURL_NOT_CONNECTED;
    case CURLE_OPERATION_TIMEDOUT: return CCURL_TIMED_OUT;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return CCURL_NOT_HTTP;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE: return transfer->salvaged_status != 0 ? CCURL_ANSWERED : CCURL_BROKEN;
    default: return CCURL_OTHER;
  }
}

ccurl_loop *ccurl_loop_create(void) { return (ccurl_loop *)ccurl_library.multi_init(); }

void ccurl_loop_free(ccurl_loop *loop) { ccurl_library.multi_cleanup((CURLM *)loop); }

void ccurl_loop_turn(ccurl_loop *loop, int milliseconds) {
  int running = 0;
  ccurl_library.multi_perform((CURLM *)loop, &running);
  if (running == 0) return;
  ccurl_library.multi_poll((CURLM *)loop, NULL, 0, milliseconds, NULL);
}

void ccurl_loop_wake(ccurl_loop *loop) { ccurl_library.multi_wakeup((CURLM *)loop); }

ccurl_transfer *ccurl_loop_next_ended(ccurl_loop *loop) {
  int waiting = 0;
  CURLMsg *message;
  while ((message = ccurl_library.multi_info_read((CURLM *)loop, &waiting)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    ccurl_transfer *transfer = NULL;
    ccurl_library.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
    if (transfer == NULL) continue;
    transfer->code = message->data.result;
    transfer->ending = ending_of(transfer, transfer->code);
    return transfer;
  }
  return NULL;
}

ccurl_state ccurl_transfer_state(ccurl_transfer *transfer) {
  long status = 0, system_error = 0;
  curl_off_t sent = 0, connected = 0, resolved = 0;
  ccurl_library.easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
  ccurl_library.easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &system_error);
  ccurl_library.easy_getinfo(transfer->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
  ccurl_library.easy_getinfo(transfer->easy, CURLINFO_CONNECT_TIME_T, &connected);
  ccurl_library.easy_getinfo(transfer->easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
  if (status == 0) status = transfer->salvaged_status;
  if (transfer->body_error != 0) system_error = transfer->body_error;
  if (transfer->socket >= 0) transfer->unacknowledged = ccurl_unacknowledged(transfer->socket);
  int64_t unacknowledged = transfer->unacknowledged;
  if (unacknowledged > sent) unacknowledged = sent;

  ccurl_phase phase = CCURL_AWAITING;
  if (resolved == 0) phase = CCURL_RESOLVING;
  else if (connected == 0) phase = CCURL_CONNECTING;
  else if (status != 0) phase = CCURL_RECEIVING;
  else if (transfer->has_body && sent < transfer->body_length) phase = CCURL_SENDING;
  return (ccurl_state){
      .ending = transfer->ending,
      .phase = phase,
      .system_error = (int)system_error,
      .http_status = (int)status,
      .answer = transfer->answer,
      .answer_length = transfer->answer_length,
      .sent = sent,
      .unacknowledged = unacknowledged,
      .wording = ccurl_library.easy_strerror(transfer->code),
  };
}
