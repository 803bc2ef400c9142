"""Times one indicator of TA-Lib's C library, and writes its columns: talib-times.py NAME PRICES COLUMNS ROUNDS.

PRICES holds high, low and close as float64, COLUMNS gets the outputs in the order of cases.ts. The clock runs around the
call, which hands numpy's memory to C and gets new arrays back. Prints the milliseconds of every round as JSON.
"""

import json
import sys
import time

import numpy as np
import talib

CALLS = {
    "rsi": lambda high, low, close: [talib.RSI(close, 14)],
    "ema": lambda high, low, close: [talib.EMA(close, 20)],
    "macd": lambda high, low, close: talib.MACD(close, 12, 26, 9)[:2],
    "atr": lambda high, low, close: [talib.ATR(high, low, close, 14)],
    "bollinger": lambda high, low, close: talib.BBANDS(close, 20, 2, 2),
}
WARM_UPS = 5

name, prices_path, columns_path, rounds = sys.argv[1:]
prices = np.fromfile(prices_path, dtype=np.float64).reshape(3, -1)
np.concatenate(CALLS[name](*prices)).tofile(columns_path)
times = []
for turn in range(-WARM_UPS, int(rounds)):
    start = time.perf_counter()
    CALLS[name](*prices)
    if turn >= 0:
        times.append((time.perf_counter() - start) * 1000)
print(json.dumps(times))
