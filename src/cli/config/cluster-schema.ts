/** `cluster` of a configuration file: what the services of the project's cluster are told beside their addresses. */
import * as z from 'zod/mini';

const pauseMs = z.int().check(z.gte(0), z.lte(86_400_000));

const policy = z.strictObject({
  retryMs: z.exactOptional(z.array(pauseMs).check(z.maxLength(20, 'has more than 20 pauses'))),
  finally: z.enum(['person', 'notify', 'ignore']),
});

const threshold = z.strictObject({ warning: z.exactOptional(z.number()), error: z.exactOptional(z.number()) });

export const clusterSchema = z.partial(
  z.strictObject({
    webhook: z.string().check(z.regex(/^https?:\/\//, 'is no address: it begins with http:// or https://')),
    thresholds: z.record(z.string().check(z.regex(/^[a-z_]+$/, 'is no name of a metric')), threshold),
    policies: z.record(z.string(), policy),
    pendingTasks: z.int().check(z.positive()),
  }),
);

export const CLUSTER_KEYS: readonly string[] = Object.keys(clusterSchema.shape);
