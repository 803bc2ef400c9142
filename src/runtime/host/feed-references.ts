/** Which dataset each feed of a strategy reads: the caller's references over the strategy's own. */
import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';
import type { StrategyDescription } from '../bundle/abi.ts';

/**
 * A reference per feed, in the strategy's order. `given`: by feed; '' stands for the only feed.
 * Throws GB_DATA_FEED with every problem.
 */
export function feedReferences(
  { feeds, data }: StrategyDescription,
  given: Readonly<Record<string, string>>,
): readonly string[] {
  const problems = Object.keys(given).flatMap(name => problemOf(name, feeds));
  const [first = ''] = feeds;
  const references = feeds.map(
    feed => given[feed] ?? (feed === first && feeds.length === 1 ? given[''] : undefined) ?? data[feed],
  );
  const unnamed = feeds.filter((_, index) => references[index] === undefined);
  if (problems.length === 0) problems.push(...unnamed.map(feed => `No dataset is named for feed "${feed}".`));
  if (problems.length > 0) {
    const example =
      feeds.length === 1
        ? '--data <dataset>'
        : (unnamed.length > 0 ? unnamed : feeds).map(feed => `--data ${feed}=<dataset>`).join(' ');
    throw new GoboolError('GB_DATA_FEED', 'The data does not fit the feeds of the strategy.', {
      problems,
      hint: `Name it with \`${example}\`; \`gobool data ls\` lists what there is.`,
    });
  }
  return references.filter(reference => reference !== undefined);
}

function problemOf(name: string, feeds: readonly string[]): readonly string[] {
  if (name === '') return feeds.length === 1 ? [] : [`The strategy has several feeds: ${feeds.join(', ')}.`];
  if (feeds.includes(name)) return [];
  return [`The strategy has no feed "${name}".${didYouMean(name, feeds) || ` Its feeds: ${feeds.join(', ')}.`}`];
}
