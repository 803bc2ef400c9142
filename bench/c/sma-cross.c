/*
 * The work of the engine as a plain loop: averages of 10 and 30 closes, all in when the fast one crosses above the slow
 * one, out when it crosses below, filled at the next open, 0.1 % fee a side; equity and drawdown on every bar.
 * Arguments: file of opens, then closes, as float64; number of rounds; anything more: a round is a sweep of 1,000 sets
 * of periods, each with its own averages. Prints one JSON object; of a sweep the sums.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double FEE = 0.001;

typedef struct {
  double equity;
  double drawdown;
  long fills;
} Result;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static Result run(const double *open, const double *close, double *equity, long count, int fast_period, int slow_period) {
  double cash = 100000, held = 0, fast = 0, slow = 0, last_fast = 0, last_slow = 0, peak = cash, drawdown = 0;
  long fills = 0;
  int wanted = 0, pending = 0;
  for (long i = 0; i < count; i++) {
    if (pending) {
      double quantity = wanted ? cash / (open[i] * (1 + FEE)) : -held;
      double value = quantity * open[i];
      cash -= value + (value < 0 ? -value : value) * FEE;
      held += quantity;
      fills++;
      pending = 0;
    }
    fast = i < fast_period ? fast + close[i] : fast - close[i - fast_period] + close[i];
    slow = i < slow_period ? slow + close[i] : slow - close[i - slow_period] + close[i];
    double a = fast / fast_period, b = slow / slow_period;
    if (i >= slow_period) {
      if (!wanted && last_fast <= last_slow && a > b) wanted = pending = 1;
      else if (wanted && last_fast >= last_slow && a < b) wanted = 0, pending = 1;
    }
    last_fast = a;
    last_slow = b;
    equity[i] = cash + held * close[i];
    if (equity[i] > peak) peak = equity[i];
    double fall = (peak - equity[i]) / peak;
    if (fall > drawdown) drawdown = fall;
  }
  return (Result){equity[count - 1], drawdown, fills};
}

static Result sweep(const double *open, const double *close, double *equity, long count) {
  Result sum = {0};
  for (int fast = 5; fast < 25; fast++)
    for (int slow = 30; slow < 230; slow += 4) {
      Result result = run(open, close, equity, count, fast, slow);
      sum.equity += result.equity;
      sum.fills += result.fills;
    }
  return sum;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (file == NULL) return 2;
  fseek(file, 0, SEEK_END);
  long count = ftell(file) / 16;
  rewind(file);
  double *prices = malloc(count * 16), *equity = malloc(count * 8);
  if (fread(prices, 16, count, file) != (size_t)count) return 2;
  int rounds = atoi(argv[2]);
  Result result = {0};
  printf("{\"ms\":[");
  for (int round = 0; round < rounds; round++) {
    double start = now_ms();
    result = argc > 3 ? sweep(prices, prices + count, equity, count) : run(prices, prices + count, equity, count, 10, 30);
    printf("%s%.4f", round ? "," : "", now_ms() - start);
  }
  printf("],\"equity\":%.17g,\"drawdown\":%.17g,\"fills\":%ld}\n", result.equity, result.drawdown, result.fills);
  return 0;
}
