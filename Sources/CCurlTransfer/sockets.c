#include "transfer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

int64_t ccurl_unacknowledged(int socket) {
#ifdef SIOCOUTQ
  int count = 0;
  if (ioctl(socket, SIOCOUTQ, &count) == 0) return count;
#else
  (void)socket;
#endif
  return 0;
}

// A node that refuses answers, and resets the connection because the body is still coming. When the
// library writes between the two it sees the reset alone, although the answer has arrived.
void ccurl_salvage(ccurl_transfer *transfer, int socket) {
  if (transfer->header_length > 0 || transfer->answer_length > 0) return;
  char bytes[4096];
  size_t length = 0;
  while (length < sizeof bytes - 1) {
    ssize_t count = recv(socket, bytes + length, sizeof bytes - 1 - length, MSG_DONTWAIT);
    if (count <= 0) break;
    length += (size_t)count;
  }
  bytes[length] = 0;
  if (length < 12 || memcmp(bytes, "HTTP/1.", 7) != 0 || bytes[8] != ' ') return;
  int status = atoi(bytes + 9);
  if (status < 100 || status > 999) return;
  transfer->salvaged_status = status;
  const char *end = strstr(bytes, "\r\n\r\n");
  if (end == NULL) return;
  end += 4;
  ccurl_answer_add(transfer, end, length - (size_t)(end - bytes));
}
