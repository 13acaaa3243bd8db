// Names that the compiler mangles, and a method inlined into another.
volatile unsigned sink;

namespace sensor {
class Queue {
 public:
  __attribute__((always_inline)) inline void push(unsigned value) {
    sink = value;  // MARK push
  }
  void drain(const char *name, int (*filter)(unsigned));
};

__attribute__((noinline)) void Queue::drain(const char *name, int (*filter)(unsigned)) {
  if (filter(sink)) {
    push(name[0]);  // MARK drain
  }
}

namespace {
__attribute__((noinline)) int keepOdd(unsigned value) {
  sink += value;
  return sink & 1;  // MARK filter
}
}  // namespace

template <typename Value>
__attribute__((noinline)) Value doubled(Value value) {
  sink += value;
  return value + value;  // MARK template
}
}  // namespace sensor

extern "C" void app_main() {
  sensor::Queue queue;
  queue.drain("abc", sensor::keepOdd);
  sink = sensor::doubled<unsigned>(sink);
}
