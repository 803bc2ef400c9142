/** `gobool cluster chaos`: the recovery test of a cluster, as a table. */
import { randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { FAULT_KINDS, TARGETS } from '../../../cluster/chaos/fault.ts';
import { runChaos } from '../../../cluster/chaos/run-chaos.ts';
import { defineHandler } from '../../define-handler.ts';
import { numberOption } from '../../options/schemas.ts';
import type { Reply } from '../../output/reply.ts';
import { chaosText, faultText, offencesOf, offenceText } from './chaos-text.ts';
import { chaosWork } from './chaos-work.ts';
import { chooseCluster } from './choose-cluster.ts';
import { listOf } from './component-argument.ts';

const EXIT_BROKEN = 6;
/** For recovery: generous, since a machine that is busy is no reason to fail. */
const WITHIN_MS = 90_000;
const SEEDS = 2 ** 31;

const seconds = z.pipe(numberOption, z.number().check(z.gte(1), z.lte(86_400)));

const input = z.object({
  name: z.optional(z.string()),
  only: z.optional(z.string()),
  faults: z.optional(z.string()),
  full: z._default(z.boolean(), false),
  for: z.optional(seconds),
  every: z._default(seconds, 10),
  seed: z.optional(z.pipe(numberOption, z.int())),
  yes: z._default(z.boolean(), false),
});

export const clusterChaos = defineHandler(input, async (options, context): Promise<Reply> => {
  const { out, env, projectDir, signal } = context;
  const { full, seed = randomInt(SEEDS), yes: force, every, for: forSeconds } = options;
  const kinds = options.faults === undefined ? undefined : listOf(options.faults, 'fault', FAULT_KINDS);
  const targets = options.only === undefined ? undefined : listOf(options.only, 'component', TARGETS);
  const name = await chooseCluster(options.name, context);
  out.note(`Seed ${seed}.`);
  const result = await runChaos({
    ...{ projectDir, name, env, seed, force, signal },
    work: await chaosWork(context),
    kinds: kinds ?? (full ? FAULT_KINDS : ['kill', 'stop']),
    targets: targets ?? (full ? 'everything' : 'components'),
    pace: forSeconds === undefined ? undefined : { everyMs: every * 1_000, forMs: forSeconds * 1_000 },
    withinMs: WITHIN_MS,
    onFault: fault => out.note(`${faultText(fault)} ...`),
    onOffence: offence => out.note(offenceText(offence, out.paintError)),
  });
  const isWhole = offencesOf(result).length === 0;
  return {
    data: { name, seed, isWhole, ...result },
    text: () => chaosText(result, seed, out),
    ...(!isWhole && { exitCode: EXIT_BROKEN }),
  };
});
