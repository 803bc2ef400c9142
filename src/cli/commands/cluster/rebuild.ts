/** `gobool cluster rebuild`: what services keep, made anew from what cannot be lost, and compared. */
import * as z from 'zod/mini';
import type { RebuildView } from '../../../cluster/contracts/http/rebuild-view.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { defineHandler } from '../../define-handler.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { openDesk } from '../on-cluster/open-desk.ts';

const EXIT_DIFFERS = 6;
const SHOWN_MAX = 10;

type Rebuilt = RebuildView['command'] & { readonly differences?: unknown };

export const clusterRebuild = defineHandler(z.object({ name: z.optional(z.string()) }), async ({ name }, context) => {
  const rebuilt = await (await openDesk(context, name)).rebuild();
  const isEqual = Object.values(rebuilt).every(part => differencesOf(part).length === 0);
  return { data: rebuilt, text: () => rebuiltText(rebuilt, context.out), exitCode: isEqual ? 0 : EXIT_DIFFERS };
});

const differencesOf = ({ differences }: Rebuilt): readonly unknown[] => (Array.isArray(differences) ? differences : []);

function rebuiltText(rebuilt: RebuildView, { paint }: Output): string {
  const facts = Object.entries(rebuilt).map(([service, part]) => [service, partText(part, paint)] as const);
  const lines = Object.entries(rebuilt).flatMap(([service, part]) =>
    differencesOf(part)
      .slice(0, SHOWN_MAX)
      .map(id => `  ${paint('yellow', 'differs')} ${service}: ${id}`),
  );
  return ['Replayed everything.', factsText(facts, paint), ...lines].join('\n');
}

/** `12,400 events, 31 runs, 410 tasks; no differences` */
function partText(part: Rebuilt, paint: Output['paint']): string {
  const counts = Object.entries(part).flatMap(([what, count]) =>
    typeof count === 'number' ? [`${grouped(count)} ${what}`] : [],
  );
  const differing = differencesOf(part).length;
  const verdict = differing === 0 ? paint('green', 'no differences') : paint('red', counted(differing, 'difference'));
  return `${counts.join(', ')}; ${verdict}`;
}
