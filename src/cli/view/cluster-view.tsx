import { type ClusterScene, clusterLines } from './cluster-lines.ts';
import { LinesView } from './lines-view.tsx';

/** A cluster that comes up. What the lines say is decided in `cluster-lines.ts`. */
export function ClusterView(scene: ClusterScene) {
  return <LinesView lines={clusterLines(scene)} />;
}
