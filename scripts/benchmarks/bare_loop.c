// What following a port costs at the least, to compare with: no lines, no verdict.
//
//   bare_loop follow PORT                       polls, reads, writes what came to standard output
//   bare_loop feed DESCRIPTOR RATE SECONDS FILE  plays the device: FILE over and over, RATE bytes a second
//
// `feed` writes each millisecond's bytes at once, and says as JSON how many it sent, how often the kernel's buffer
// was full, and how long the longest of these waits was: a UART would have lost bytes then.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stopping;

static void stop(int signal) {
  (void)signal;
  stopping = 1;
}

static int fail(const char *what) {
  fprintf(stderr, "bare_loop: %s: %s\n", what, strerror(errno));
  return 2;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int follow(const char *port) {
  int descriptor = open(port, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  struct termios settings;
  if (descriptor < 0 || tcgetattr(descriptor, &settings) != 0) return fail(port);
  cfmakeraw(&settings);
  settings.c_cc[VMIN] = 1;
  if (tcsetattr(descriptor, TCSANOW, &settings) != 0) return fail(port);
  dprintf(STDERR_FILENO, "following %s, open\n", port);
  static char buffer[1 << 16];
  struct pollfd question = {.fd = descriptor, .events = POLLIN};
  while (!stopping && poll(&question, 1, -1) > 0) {
    ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count == 0 || (count < 0 && errno != EAGAIN)) break;
    for (ssize_t written = 0; written < count;) {
      ssize_t step = write(STDOUT_FILENO, buffer + written, count - written);
      if (step < 0 && errno != EINTR) return fail("standard output");
      if (step > 0) written += step;
    }
  }
  return 0;
}

static int feed(int descriptor, double rate, double seconds, const char *name) {
  int file = open(name, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0) return fail(name);
  size_t size = status.st_size;
  const char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (text == MAP_FAILED) return fail(name);
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);

  unsigned long long sent = 0, waits = 0;
  double start = now(), longest = 0;
  for (double elapsed; !stopping && (elapsed = now() - start) < seconds;) {
    unsigned long long due = elapsed * rate;
    double waitingSince = 0;
    while (sent < due && !stopping) {
      size_t offset = sent % size, count = due - sent;
      if (count > size - offset) count = size - offset;
      ssize_t step = write(descriptor, text + offset, count);
      if (step < 0 && errno != EAGAIN && errno != EINTR) return fail("the port");
      if (step > 0) sent += step;
      if (step == (ssize_t)count) continue;
      if (!waitingSince) {
        waitingSince = now();
        waits++;
      }
      poll(NULL, 0, 1);
    }
    if (waitingSince && now() - waitingSince > longest) longest = now() - waitingSince;
    struct timespec millisecond = {.tv_nsec = 1000000};
    nanosleep(&millisecond, NULL);
  }
  printf("{\"sent\": %llu, \"waits\": %llu, \"longest_wait\": %.6f, \"seconds\": %.3f}\n", sent, waits, longest,
         now() - start);
  return 0;
}

int main(int count, char **words) {
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  if (count == 3 && strcmp(words[1], "follow") == 0) return follow(words[2]);
  if (count == 6 && strcmp(words[1], "feed") == 0)
    return feed(atoi(words[2]), atof(words[3]), atof(words[4]), words[5]);
  fprintf(stderr, "usage: bare_loop follow PORT | feed DESCRIPTOR RATE SECONDS FILE\n");
  return 2;
}
