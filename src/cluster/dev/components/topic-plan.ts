/** What lies between the declared topics and those that a broker has. Pure. */
import type { Topic } from '../../schema/topics.ts';

export interface TopicPlan {
  readonly create: readonly Topic[];
  /** Have too few partitions. */
  readonly grow: readonly Topic[];
  /** Have another configuration. */
  readonly configure: readonly Topic[];
}

/** `actual` holds only what was set on the topics themselves. Topics that nobody declared are left alone. */
export function planTopics(declared: readonly Topic[], actual: readonly Topic[]): TopicPlan {
  const found = new Map(actual.map(topic => [topic.name, topic]));
  const existing = declared.flatMap(wanted => {
    const real = found.get(wanted.name);
    return real ? [{ wanted, real }] : [];
  });
  const wantedOf = (pairs: typeof existing) => pairs.map(({ wanted }) => wanted);
  return {
    create: declared.filter(({ name }) => !found.has(name)),
    grow: wantedOf(existing.filter(({ wanted, real }) => real.partitions < wanted.partitions)),
    configure: wantedOf(existing.filter(({ wanted, real }) => configDrift(wanted, real).length > 0)),
  };
}

/** One line for each difference; partitions that are too many stay one for ever, since Kafka cannot remove any. */
export function topicDrift(declared: readonly Topic[], actual: readonly Topic[]): readonly string[] {
  const found = new Map(actual.map(topic => [topic.name, topic]));
  return declared.flatMap(wanted => {
    const real = found.get(wanted.name);
    return real === undefined
      ? [`topic ${wanted.name} is missing`]
      : [...partitionDrift(wanted, real), ...configDrift(wanted, real)];
  });
}

const partitionDrift = ({ name, partitions }: Topic, real: Topic): readonly string[] =>
  real.partitions === partitions ? [] : [`topic ${name} has partitions=${real.partitions}, not ${partitions}`];

function configDrift({ name, config }: Topic, real: Topic): readonly string[] {
  const keys = new Set([...Object.keys(config), ...Object.keys(real.config)]);
  const different = [...keys].sort().filter(key => config[key] !== real.config[key]);
  return different.map(
    key => `topic ${name} has ${key}=${real.config[key] ?? 'default'}, not ${config[key] ?? 'default'}`,
  );
}
