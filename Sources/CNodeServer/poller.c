#include "CNodeServer.h"

#include <stddef.h>
#include <sys/epoll.h>

int cnode_poller_open(void) { return epoll_create1(EPOLL_CLOEXEC); }

int cnode_poller_add(int poller, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  return epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
}

void cnode_poller_remove(int poller, int descriptor) {
  epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, NULL);
}

int cnode_poller_wait(int poller, int *ready, int room, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(poller, events, room < 64 ? room : 64, milliseconds);
  for (int i = 0; i < count; i++) ready[i] = events[i].data.fd;
  return count;
}
