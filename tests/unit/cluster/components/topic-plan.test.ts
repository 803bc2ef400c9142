import { expect, test } from 'vitest';
import { planTopics, topicDrift } from '../../../../src/cluster/dev/components/topic-plan.ts';
import { TOPICS, type Topic } from '../../../../src/cluster/schema/topics.ts';

const topic = (name: string, partitions: number, config: Topic['config'] = {}): Topic => ({ name, partitions, config });

const namesOf = (topics: readonly Topic[]) => topics.map(({ name }) => name);

function check(declared: readonly Topic[], actual: readonly Topic[], steps: object, drift: readonly string[]): void {
  const { create, grow, configure } = planTopics(declared, actual);
  const nothing = { create: [], grow: [], configure: [] };
  expect({ create: namesOf(create), grow: namesOf(grow), configure: namesOf(configure) }).toEqual({
    ...nothing,
    ...steps,
  });
  expect(topicDrift(declared, actual)).toEqual(drift);
}

test('what is as declared is left alone, and so is what nobody declared', () => {
  check(TOPICS, TOPICS, {}, []);
  check([topic('a', 1)], [topic('a', 1), topic('foreign', 9, { x: '1' })], {}, []);
});

test('what is missing is made, with all that was declared', () => {
  const wanted = topic('a', 3, { 'retention.ms': '5' });
  check([wanted], [], { create: ['a'] }, ['topic a is missing']);
  expect(planTopics([wanted], []).create).toEqual([wanted]);
});

test('partitions are added, never taken away', () => {
  check([topic('a', 8)], [topic('a', 2)], { grow: ['a'] }, ['topic a has partitions=2, not 8']);
  check([topic('a', 2)], [topic('a', 8)], {}, ['topic a has partitions=8, not 2']);
});

test('configuration is set where it differs, is missing, or is more than was declared', () => {
  const wanted = [topic('a', 1, { x: '1', y: '2' })];
  check(wanted, [topic('a', 1, { x: '1', y: '3' })], { configure: ['a'] }, ['topic a has y=3, not 2']);
  check(wanted, [topic('a', 1, { x: '1' })], { configure: ['a'] }, ['topic a has y=default, not 2']);
  check(wanted, [topic('a', 1, { x: '1', y: '2', z: '4' })], { configure: ['a'] }, ['topic a has z=4, not default']);
});

test('several differences of one topic are several lines', () => {
  check([topic('a', 2, { x: '1' }), topic('b', 1)], [topic('a', 1)], { create: ['b'], grow: ['a'], configure: ['a'] }, [
    'topic a has partitions=1, not 2',
    'topic a has x=default, not 1',
    'topic b is missing',
  ]);
});

test('every topic is declared once, and expires or is compacted', () => {
  expect(new Set(namesOf(TOPICS)).size).toBe(TOPICS.length);
  for (const { config } of TOPICS) {
    const retentionMs = Number(config['retention.ms']);
    expect(config['cleanup.policy'] === 'compact' || (retentionMs > 0 && Number.isFinite(retentionMs))).toBe(true);
  }
});

test('replayed history neither expires on arrival nor is refused', () => {
  const events = TOPICS.filter(({ name }) => /^(ticks|ticks\.late|candles\..*)$/.test(name));
  expect(events.map(({ config }) => config['message.timestamp.type'])).toEqual(events.map(() => 'LogAppendTime'));
  expect(events).toHaveLength(6);
});
