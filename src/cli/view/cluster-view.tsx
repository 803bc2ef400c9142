/** The lines of a cluster on a terminal. What they say is decided in `cluster-lines.ts`; Ink draws what changed. */
import { Box, Text } from 'ink';
import { memo } from 'react';
import { type ClusterScene, clusterLines } from './cluster-lines.ts';

export function ClusterView(scene: ClusterScene) {
  return (
    <Box flexDirection="column">
      {clusterLines(scene).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is nothing but the row where it stands
        <Line key={row} text={line} />
      ))}
    </Box>
  );
}

/** An empty text would take no row. */
const Line = memo(({ text }: { readonly text: string }) => <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>);
