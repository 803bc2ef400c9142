"""Statistics of backtesting.py for samples of equity, a benchmark and closed trades, given as a JSON file."""

import json
import sys

import numpy
import pandas
from backtesting._stats import compute_stats

# It divides by zero where something is not defined.
numpy.seterr(all="ignore")

NAMES = {
    "totalReturn": ("Return [%]", 100),
    "cagr": ("CAGR [%]", 100),
    "volatility": ("Volatility (Ann.) [%]", 100),
    "sharpe": ("Sharpe Ratio", 1),
    "sortino": ("Sortino Ratio", 1),
    "maxDrawdown": ("Max. Drawdown [%]", -100),
    "calmar": ("Calmar Ratio", 1),
    "beta": ("Beta", 1),
    "alpha": ("Alpha [%]", 100),
    "trades": ("# Trades", 1),
    "winRate": ("Win Rate [%]", 100),
    "profitFactor": ("Profit Factor", 1),
    "expectancy": ("Expectancy [%]", 100),
    "sqn": ("SQN", 1),
    "exposure": ("Exposure Time [%]", 100),
}


def stats(equity, closes, times, trades):
    data = pandas.DataFrame({"Close": closes}, index=pandas.DatetimeIndex(pandas.to_datetime(times, unit="ms")))
    table = pandas.DataFrame(trades, columns=["EntryBar", "ExitBar", "PnL", "ReturnPct"])
    table["Duration"] = pandas.to_timedelta(table["ExitBar"] - table["EntryBar"], unit="D")
    values = compute_stats(table, numpy.array(equity), data, None)
    number = lambda value: float(value) if numpy.isfinite(value) else None
    return {name: number(values[theirs] / scale) for name, (theirs, scale) in NAMES.items()}


with open(sys.argv[1], encoding="utf8") as file:
    cases = json.load(file)
print(
    json.dumps(
        [
            {
                "metrics": stats(case["equity"], case["benchmark"], case["times"], case["trades"]),
                "benchmark": stats(case["benchmark"], case["benchmark"], case["times"], []),
            }
            for case in cases
        ]
    )
)
