// Runs a command and writes what it took: user and system seconds, the most resident memory in KiB, how it ended.
//
// The system counts to a process what the one that started it had in memory at that time. A Python has 18 MiB, which
// hides all that is smaller; this has next to nothing.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *report = fdopen(atoi(argv[1]), "w");
  if (!report) return 2;
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    close(fileno(report));
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  // The one who writes to the command waits for its end, not for this program's.
  close(STDIN_FILENO);
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) return 2;
  }
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  fprintf(report, "%.6f %ld %d\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss, code);
  return fclose(report) == 0 ? 0 : 2;
}
