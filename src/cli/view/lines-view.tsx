/** Lines of text on a terminal, cut where they are too wide. Ink draws those that changed. */
import { Box, Text } from 'ink';
import { memo } from 'react';

export function LinesView({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is nothing but the row where it stands
        <Line key={row} text={line} />
      ))}
    </Box>
  );
}

/** An empty text would take no row. */
const Line = memo(({ text }: { readonly text: string }) => <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>);
