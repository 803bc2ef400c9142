/** `gobool cluster ls`: the clusters of the project. */
import * as z from 'zod/mini';
import { type ListedCluster, listClusters } from '../../../cluster/dev/control/list-clusters.ts';
import { defineHandler } from '../../define-handler.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { memoryText, wantedOf } from './component-text.ts';

export const clusterLs = defineHandler(z.object({}), async (_options, { out, projectDir }) => {
  const clusters = await listClusters(projectDir);
  return { data: { clusters: clusters.map(clusterData) }, text: () => listText(clusters, out) };
});

function clusterData({ name, dir, state, status, problem }: ListedCluster) {
  return {
    ...{ name, dir, state },
    driver: status?.driver ?? null,
    daemonPid: status?.daemonPid ?? null,
    components: status === null ? [] : wantedOf(status).map(component => component.name),
    problem: problem && { code: problem.code, message: problem.message },
  };
}

const COLUMNS: readonly Column[] = [
  { title: 'cluster', style: 'cyan' },
  { title: 'state' },
  { title: 'driver', style: 'dim' },
  { title: 'memory', align: 'right' },
  { title: 'components', shrinks: true },
];

function listText(clusters: readonly ListedCluster[], style: TableStyle): string {
  if (clusters.length === 0) return 'No clusters. Start one with `gobool cluster up`.';
  const rows = clusters.map(({ name, state, status, problem }) => {
    if (status === null) return [name, state, '', '', problem?.message ?? ''];
    const components = wantedOf(status).map(component => component.name);
    return [name, state, status.driver, memoryText(status) ?? '', components.join(' ')];
  });
  return tableText(COLUMNS, rows, style);
}
