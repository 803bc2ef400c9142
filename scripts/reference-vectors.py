"""Writes tests/fixtures/reference/*.json: plain formulas for what TA-Lib lacks or is not precise enough for.

    python3 -m venv reference-venv && reference-venv/bin/pip install numpy==2.4.6
    reference-venv/bin/python scripts/reference-vectors.py

Reads the prices and the rows of tests/fixtures/talib (scripts/talib-vectors.py). Every value is computed from its own
window alone, as the textbook has it; where differences of large sums matter, in fractions.
"""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"


def over_windows(formula, period, *columns):
    """`formula` of the last `period` values of each column; NaN before there are as many, or where one is NaN."""
    values = np.full(len(columns[0]), np.nan)
    for end in range(period, len(values) + 1):
        windows = [column[end - period : end] for column in columns]
        if not any(np.isnan(window).any() for window in windows):
            values[end - 1] = formula(*windows)
    return values


def fractions(values):
    return [Fraction(value) for value in values.tolist()]


def slope(window):
    x, y = range(len(window)), fractions(window)
    mean_x, mean_y = Fraction(sum(x), len(x)), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def covariance(a, b):
    a, b = fractions(a), fractions(b)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    return sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b)) / len(a)


def correlation(a, b):
    spread = float(covariance(a, a)) ** 0.5 * float(covariance(b, b)) ** 0.5
    return float(covariance(a, b)) / spread if spread else 0


def z_score(window):
    exact = fractions(window)
    distance, deviation = exact[-1] - sum(exact) / len(exact), float(covariance(window, window)) ** 0.5
    return float(distance) / deviation if deviation else 0


def channel_index(window):
    typical = fractions(window)
    mean = sum(typical) / len(typical)
    distance = sum(abs(price - mean) for price in typical) / len(typical)
    return float((typical[-1] - mean) / (distance * Fraction(15, 1000))) if distance else 0


def middle(high, low, period):
    return over_windows(lambda highs, lows: (highs.max() + lows.min()) / 2, period, high, low)


def ichimoku(high, low, conversion, base, span, displacement):
    def ahead(edge):
        return np.concatenate([np.full(displacement, np.nan), edge[: len(edge) - displacement]])

    fast, slow = middle(high, low, conversion), middle(high, low, base)
    members = fast, slow, ahead((fast + slow) / 2), ahead(middle(high, low, span))
    return together(("conversion", "base", "spanA", "spanB"), members)


def together(names, members):
    """All members from the row on which the last of them is defined."""
    undefined = np.isnan(members).any(axis=0)
    return {name: np.where(undefined, np.nan, member) for name, member in zip(names, members)}


def smoothed(values, period, weight):
    """From the mean of the first `period` values on, `mean += weight * (value - mean)`."""
    means = np.full(len(values), np.nan)
    means[period - 1] = values[:period].mean()
    for row in range(period, len(values)):
        means[row] = weight * values[row] + (1 - weight) * means[row - 1]
    return means


def average_true_range(high, low, close, period):
    gaps = np.abs(high[1:] - close[:-1]), np.abs(low[1:] - close[:-1])
    return np.concatenate([[np.nan], smoothed(np.max([high[1:] - low[1:], *gaps], axis=0), period, 1 / period)])


def keltner(high, low, close, period, ranges, atr_period):
    average = smoothed(close, period, 2 / (period + 1))
    half = ranges * average_true_range(high, low, close, atr_period)
    return together(("middle", "upper", "lower"), (average + 0 * half, average + half, average - half))


def relative_strength(close, period):
    changes = np.diff(close)
    rises, falls = (smoothed(np.maximum(sign * changes, 0), period, 1 / period) for sign in (1, -1))
    moves = rises + falls
    return np.concatenate([[np.nan], np.where(moves == 0, 0, 100 * rises / np.where(moves == 0, 1, moves))])


def stochastic_rsi(close, period, k, smooth, d):
    def place(window):
        # An RSI that stands still does so up to rounding.
        reach = window.max() - window.min()
        return 100 * (window[-1] - window.min()) / reach if reach > 1e-9 else 0

    places = over_windows(place, k, relative_strength(close, period))
    fast = over_windows(np.mean, smooth, places)
    return together(("k", "d"), (fast, over_windows(np.mean, d, fast)))


def session_vwap(high, low, close, volume, session):
    prices = np.full(len(close), np.nan)
    for row in range(len(close)):
        so_far = slice(session.index(session[row]), row + 1)
        typical = (high[so_far] + low[so_far] + close[so_far]) / 3
        prices[row] = np.average(typical, weights=volume[so_far])
    return prices


def cases(high, low, close, volume, session):
    for period in (2, 14):
        yield "linearRegressionSlope", [period], {"value": over_windows(slope, period, close)}
        yield "correlation", [period], {"value": over_windows(correlation, period, close, volume)}
        yield "zScore", [period], {"value": over_windows(z_score, period, close)}
        yield "cci", [period], {"value": over_windows(channel_index, period, (high + low + close) / 3)}
    for periods in ((2, 3, 5, 4), (9, 26, 52, 26)):
        yield "ichimoku", periods, ichimoku(high, low, *periods)
    for arguments in ((20, 2, 10), (5, 1.5, 9)):
        yield "keltner", arguments, keltner(high, low, close, *arguments)
    for periods in ((5, 3, 2, 4), (14, 14, 3, 3)):
        yield "stochasticRsi", periods, stochastic_rsi(close, *periods)
    yield "vwap", [], {"value": session_vwap(high, low, close, volume, session)}


def rounded(value):
    return None if np.isnan(value) else float(f"{value:.12g}")


def write(path):
    talib = json.loads(path.read_text())
    inputs, rows = talib["inputs"], talib["rows"]
    columns = [np.array(inputs[name]) for name in ("high", "low", "close", "volume")]
    vectors = [
        {
            "indicator": indicator,
            "arguments": list(arguments),
            "values": {member: [rounded(values[row]) for row in rows] for member, values in members.items()},
        }
        for indicator, arguments, members in cases(*columns, inputs["session"])
    ]
    text = json.dumps({"cases": vectors}, separators=(",", ":"))
    (FIXTURES / "reference" / path.name).write_text(text + "\n")


for talib_vectors in sorted((FIXTURES / "talib").glob("*.json")):
    write(talib_vectors)
