#include "CInterruption.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

// A handler of our own instead of a dispatch source: that would start threads, which takes longer than
// diagnosing a log. A handler may call nothing but what POSIX lists as safe, and finds its state only here.
// Other threads ask for it; an atomic that needs no lock is safe in a handler.
static atomic_int is_asked;
static volatile sig_atomic_t last_status;
static int ends[2] = {-1, -1};

static void hear(int number) {
  (void)number;
  if (is_asked) _exit(last_status);
  is_asked = 1;
  int code = errno;
  (void)!write(ends[1], "", 1);
  errno = code;
}

int cinterruption_begin(int status) {
  last_status = status;
  if (ends[0] < 0) {
    if (pipe(ends) != 0) return -1;
    for (int end = 0; end < 2; end++) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
  }
  struct sigaction action = {.sa_handler = hear, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // Whoever started us from a thread of its own may have left them blocked, as libdispatch does.
  sigset_t heard;
  sigemptyset(&heard);
  sigaddset(&heard, SIGINT);
  sigaddset(&heard, SIGTERM);
  pthread_sigmask(SIG_UNBLOCK, &heard, NULL);
  return ends[0];
}

int cinterruption_is_asked(void) { return is_asked; }
