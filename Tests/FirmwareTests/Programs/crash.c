/* A program with known places to crash; the markers name lines for the tests. */
typedef unsigned int word;

volatile word sink;
extern void outside(word value);

/* Two deep: both are inlined into their callers. */
static inline __attribute__((always_inline)) void store(word *place, word value) {
  *place = value; /* MARK store */
}

static inline __attribute__((always_inline)) void publish(word *place, word value) {
  store(place, value + 1); /* MARK publish */
  sink = value;
}

__attribute__((noinline)) void handle_request(word *place) {
  publish(place, 7); /* MARK handle */
  outside(sink);
}

__attribute__((noinline)) static word recurse(word depth) {
  if (depth == 0)
    return sink;
  return recurse(depth - 1) * 3 + sink; /* MARK recurse */
}

__attribute__((noinline)) void outside(word value) {
  sink = value * recurse(value); /* MARK outside */
}

void app_main(void) {
  word local = 0;
  handle_request(&local); /* MARK main */
  for (;;)
    sink++;
}
