import { defineCommand } from '../../define-command.ts';

export const reportCommand = defineCommand({
  name: 'report',
  group: 'Results',
  summary: 'Write the report of a run or a sweep as one HTML file',
  description:
    'The file shows equity, trades on price with the indicators, monthly returns, the list of trades and every ' +
    'metric with its definition; of a sweep a heat map, the neighbourhood of the best set and all sets. It needs no ' +
    'network, so it can be sent to anybody.',
  args: [
    {
      name: '[run]',
      summary:
        'Id of a run or a sweep (`gobool run ls --sweeps`), the beginning of one, or last: the newest run, else sweep',
      completes: { names: 'results', words: ['last'] },
    },
  ],
  options: [
    {
      flags: '--out <file>',
      summary: 'Where to; default .gobool/reports/<id>.html',
      completes: { files: '.html' },
    },
    { flags: '--open', summary: 'Show it in the browser' },
  ],
  examples: [{ command: 'gobool report last --out report.html', note: 'The newest run' }],
  load: async () => (await import('../handlers.ts')).report,
});
