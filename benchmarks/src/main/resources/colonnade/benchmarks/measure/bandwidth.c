/* Reads memory as fast as the machine can: bandwidth THREADS BYTES_PER_THREAD REPEATS prints bytes per second, the best run. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static size_t words;

static void *sum(void *memory) {
  const uint64_t *values = memory;
  uint64_t total = 0;
  for (size_t i = 0; i < words; i++) total += values[i];
  return (void *)(uintptr_t)total;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int threads = atoi(arguments[1]);
  size_t bytes = strtoull(arguments[2], NULL, 10);
  words = bytes / sizeof(uint64_t);
  void *parts[threads];
  pthread_t workers[threads];
  for (int t = 0; t < threads; t++) {
    if (posix_memalign(&parts[t], 64, bytes) != 0) return 1;
    memset(parts[t], 1, bytes);
  }
  double best = 0;
  for (int repeat = atoi(arguments[3]); repeat > 0; repeat--) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int t = 0; t < threads; t++) pthread_create(&workers[t], NULL, sum, parts[t]);
    for (int t = 0; t < threads; t++) {
      void *total;
      pthread_join(workers[t], &total);
      if (total == NULL) return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
    double speed = threads * (double)bytes / seconds;
    if (speed > best) best = speed;
  }
  printf("%.0f\n", best);
  return 0;
}
