"""Writes tests/fixtures/talib/*.json: what TA-Lib answers on real and on hard prices.

    python3 -m venv talib-venv && talib-venv/bin/pip install TA-Lib==0.8.2 numpy==2.4.6
    talib-venv/bin/python scripts/talib-vectors.py path/to/lean/equity/usa/daily/spy.zip

The argument is SPY's daily file in LEAN's format (prices times 10,000). One JSON file per data set: its prices, and per
case the indicator, its arguments and the values at `rows` (all of the first rows, then every eighth), with null for
NaN. Values keep 12 significant digits.

Two exceptions. TA-Lib's standard deviation keeps a trace of values that have left the window (1e-6 relative in
`jumps`), so there the deviations are computed exactly, in fractions. What else TA-Lib's sums are not precise enough for
is left to scripts/reference-vectors.py: INEXACT.
"""

import json
import math
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import talib

assert (talib.__version__, talib.__ta_version__.split()[0]) == ("0.8.2", b"0.8.1"), "the pinned TA-Lib"

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "talib"
SPY_FROM, SPY_ROWS = "20070901", 600
SESSION_ROWS = 13
INEXACT = {
    "spy-2007-2010": {"linearRegressionSlope"},
    "stops-moving": {"linearRegressionSlope"},
    "jumps": {"correlation"},
    "tiny-moves": {"linearRegressionSlope", "cci"},
}


def exact_stddev(values, period):
    exact = [Fraction(value) for value in values.tolist()]
    deviations = np.full(len(values), np.nan)
    for end in range(period, len(values) + 1):
        window = exact[end - period : end]
        mean = sum(window) / period
        deviations[end - 1] = math.sqrt(sum((value - mean) ** 2 for value in window) / period)
    return deviations


def exact_bands(close, period, width):
    middle, half = talib.SMA(close, period), width * exact_stddev(close, period)
    return {"upper": middle + half, "middle": middle, "lower": middle - half}


def talib_bands(close, period, width):
    return dict(zip(("upper", "middle", "lower"), talib.BBANDS(close, period, width, width, 0)))


def averages_and_ranges(high, low, close, exact):
    for period in (1, 2, 10, 50):
        yield "sma", [period], {"value": talib.SMA(close, period)}
        yield "wma", [period], {"value": talib.WMA(close, period)}
        yield "roc", [period], {"value": talib.ROC(close, period)}
        yield "atr", [period], {"value": talib.ATR(high, low, close, period)}
        yield "ema", [period], {"value": talib.EMA(close, period)}
    for period in (2, 14, 50):
        yield "rsi", [period], {"value": talib.RSI(close, period)}
        yield "highest", [period], {"value": talib.MAX(close, period)}
        yield "lowest", [period], {"value": talib.MIN(close, period)}
        yield "stddev", [period], {"value": exact_stddev(close, period) if exact else talib.STDDEV(close, period, 1)}
    for period, width in ((2, 1), (20, 2.5)):
        bands = exact_bands if exact else talib_bands
        yield "bollinger", [period, width], bands(close, period, width)
    for periods in ((2, 3, 1), (12, 26, 9)):
        yield "macd", periods, dict(zip(("macd", "signal", "histogram"), talib.MACD(close, *periods)))
    for k, smooth, d in ((1, 1, 1), (5, 1, 2), (14, 3, 3)):
        yield "stochastic", [k, smooth, d], dict(zip("kd", talib.STOCH(high, low, close, k, smooth, 0, d, 0)))


def movements(high, low, close, volume):
    for period in (2, 14):
        yield "dema", [period], {"value": talib.DEMA(close, period)}
        yield "tema", [period], {"value": talib.TEMA(close, period)}
        yield "hma", [period], {"value": talib.HMA(close, period)}
        yield "kama", [period, 2, 30], {"value": talib.KAMA(close, period)}
        yield "cci", [period], {"value": talib.CCI(high, low, close, period)}
        yield "momentum", [period], {"value": talib.MOM(close, period)}
        yield "williamsR", [period], {"value": talib.WILLR(high, low, close, period)}
        yield "mfi", [period], {"value": talib.MFI(high, low, close, volume, period)}
        yield "linearRegressionSlope", [period], {"value": talib.LINEARREG_SLOPE(close, period)}
        yield "correlation", [period], {"value": talib.CORREL(close, volume, period)}
        yield "adx", [period], adx(high, low, close, period)
        yield "donchian", [period], dict(zip(("upper", "middle", "lower"), talib.DONCHIAN(high, low, period)))
        down, up = talib.AROON(high, low, period)
        yield "aroon", [period], {"up": up, "down": down, "oscillator": talib.AROONOSC(high, low, period)}
    for period, ranges in ((2, 1), (10, 3)):
        line, direction = talib.SUPERTREND(high, low, close, period, ranges)
        yield "supertrend", [period, ranges], {"line": line, "direction": np.where(np.isnan(line), np.nan, direction)}
    for period, k, d in ((5, 5, 2), (14, 14, 3)):
        yield "stochasticRsi", [period, k, 1, d], dict(zip("kd", talib.STOCHRSI(close, period, k, d, 0)))
    for acceleration, maximum in ((0.02, 0.2), (0.1, 0.15)):
        yield "parabolicSar", [acceleration, maximum], {"value": talib.SAR(high, low, acceleration, maximum)}
    yield "obv", [], {"value": talib.OBV(close, volume)}


def adx(high, low, close, period):
    """All three from the bar on which the last of them is defined."""
    index = talib.ADX(high, low, close, period)
    lines = talib.PLUS_DI(high, low, close, period), talib.MINUS_DI(high, low, close, period)
    plus, minus = (np.where(np.isnan(index), np.nan, line) for line in lines)
    return {"adx": index, "plusDi": plus, "minusDi": minus}


def cases(name, high, low, close, volume):
    """(indicator, arguments, values by member); plain indicators have the one member `value`."""
    yield from averages_and_ranges(high, low, close, exact=name == "jumps")
    for case in movements(high, low, close, volume):
        if case[0] not in INEXACT.get(name, ()):
            yield case


def spy(path):
    with zipfile.ZipFile(path) as archive:
        lines = archive.read(archive.namelist()[0]).decode().split()
    # A line is `yyyymmdd hh:mm,open,high,low,close,volume`; split() parts it at the space.
    pairs = [(date, row.split(",")) for date, row in zip(lines[::2], lines[1::2])]
    rows = [fields for date, fields in pairs if date >= SPY_FROM][:SPY_ROWS]
    prices = (np.array([int(row[field]) / 10_000 for row in rows]) for field in (2, 3, 4))
    return *prices, np.array([float(row[5]) for row in rows])


def around(close, half_range):
    volume = np.random.default_rng(len(close)).integers(1, 5_000, len(close)).astype(float)
    return np.round(close + half_range, 6), np.round(close - half_range, 6), close, volume


def hard_prices():
    random = np.random.default_rng(7)
    yield "constant", around(np.full(90, 250.25), 0.0)
    # Moves, then nothing: averages of gains and losses only decay, ranges are empty.
    walk = np.round(100 + np.cumsum(random.normal(0, 1, 90)), 2)
    yield "stops-moving", around(np.concatenate([walk, np.full(90, walk[-1])]), 0.0)
    # Levels a factor of 1,000 apart, each held for a while: what has left the window must leave no trace.
    levels = np.repeat([50, 50_000, 75, 20, 20_000, 30], 30)
    yield "jumps", around(np.round(levels * (1 + random.normal(0, 0.01, 180)), 4), 0.5)
    # Moves of a few thousandths at a price of 100,000.
    yield "tiny-moves", around(np.round(1e5 + np.cumsum(random.integers(-3, 4, 180)) * 1e-3, 3), 0.002)


def rounded(value):
    return None if np.isnan(value) else float(f"{value:.12g}")


def write(name, high, low, close, volume):
    rows = [row for row in range(len(close)) if row < 40 or row % 8 == 0]
    vectors = {
        "talib": talib.__ta_version__.split()[0].decode(),
        "inputs": {
            **{"high": high.tolist(), "low": low.tolist(), "close": close.tolist(), "volume": volume.tolist()},
            "session": [row // SESSION_ROWS for row in range(len(close))],
        },
        "rows": rows,
        "cases": [
            {
                "indicator": indicator,
                "arguments": list(arguments),
                "values": {member: [rounded(values[row]) for row in rows] for member, values in members.items()},
            }
            for indicator, arguments, members in cases(name, high, low, close, volume)
        ],
    }
    (FIXTURES / f"{name}.json").write_text(json.dumps(vectors, separators=(",", ":")) + "\n")


write("spy-2007-2010", *spy(sys.argv[1]))
for name, prices in hard_prices():
    write(name, *prices)
