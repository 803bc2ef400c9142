import { describe, expect, test } from 'vitest';
import { TimeWindow } from '../../../src/report-page/time-window.ts';

const window = () => new TimeWindow({ from: 0, to: 1000 }, 10);

describe('a window over time', () => {
  test('shows everything at first, and what is asked for, within what there is', () => {
    const time = window();
    expect(time.span).toEqual({ from: 0, to: 1000 });
    time.show({ from: 900, to: 1100 });
    expect(time.span).toEqual({ from: 800, to: 1000 });
    time.show({ from: -500, to: 5000 });
    expect(time.span).toEqual({ from: 0, to: 1000 });
  });

  test('is never shorter than the shortest', () => {
    const time = window();
    time.show({ from: 500, to: 501 });
    expect(time.span).toEqual({ from: 495.5, to: 505.5 });
  });

  test('zooms around a time, pans by a share, and goes back', () => {
    const time = window();
    time.zoom(0.5, 200);
    expect(time.span).toEqual({ from: 100, to: 600 });
    time.pan(0.1);
    expect(time.span).toEqual({ from: 150, to: 650 });
    time.reset();
    expect(time.span).toEqual(time.whole);
  });

  test('tells who listens, once for each change, until they stop', () => {
    const time = window();
    const told: number[] = [];
    const stop = time.onChange(({ from }) => told.push(from));
    time.show({ from: 100, to: 200 });
    time.show({ from: 100, to: 200 });
    stop();
    time.reset();
    expect(told).toEqual([100]);
  });
});
