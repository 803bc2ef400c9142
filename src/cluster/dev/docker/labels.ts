/** By labels everything of a cluster is found: containers, network, volumes. */
import type { ClusterFacts } from '../cluster-facts.ts';
import type { EngineName } from '../component.ts';

export const clusterLabels = ({ id }: ClusterFacts) => ({ 'gobool.cluster': id });

export const componentLabels = (name: EngineName, facts: ClusterFacts) => ({
  ...clusterLabels(facts),
  'gobool.component': name,
});

/** Compose's name for the cluster; containers, network and volumes carry it in theirs. */
export const composeProject = ({ id }: ClusterFacts) => `gobool-${id}`;
