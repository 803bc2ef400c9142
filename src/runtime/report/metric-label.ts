/** What a metric's name is called where people read it: `profitFactor` is `profit factor`. */
const OWN_LABELS: Readonly<Record<string, string>> = {
  cagr: 'CAGR',
  sharpe: 'Sharpe',
  sortino: 'Sortino',
  calmar: 'Calmar',
  sqn: 'SQN',
  mae: 'MAE',
  mfe: 'MFE',
  probabilisticSharpe: 'probabilistic Sharpe',
  deflatedSharpe: 'deflated Sharpe',
};

export function metricLabel(name: string): string {
  return OWN_LABELS[name] ?? name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
