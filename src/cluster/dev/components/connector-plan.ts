/** Compares the connectors of a worker with the declared ones. Pure. */
import type { Connector } from '../../schema/connectors.ts';
import type { ConnectorStates, PresentConnectors } from './connect-rest.ts';

/** What must be declared, or declared anew. */
export const connectorsToPut = (declared: readonly Connector[], present: PresentConnectors): readonly Connector[] =>
  declared.filter(connector => differingKeys(connector, present).length > 0);

export function connectorDrift(declared: readonly Connector[], present: PresentConnectors): readonly string[] {
  const names = new Set(declared.map(({ name }) => name));
  const unknown = Object.keys(present).filter(name => !names.has(name));
  return [
    ...declared.flatMap(connector => driftOf(connector, present)),
    ...unknown.map(name => `connector ${name} is not declared`),
  ];
}

function driftOf(connector: Connector, present: PresentConnectors): readonly string[] {
  if (present[connector.name] === undefined) return [`connector ${connector.name} is missing`];
  const keys = differingKeys(connector, present);
  return keys.length === 0 ? [] : [`connector ${connector.name} differs in ${keys.join(', ')}`];
}

/** Connect adds the connector's name to its configuration. */
function differingKeys({ name, config }: Connector, present: PresentConnectors): readonly string[] {
  const wanted: Readonly<Record<string, string>> = { name, ...config };
  const found = present[name]?.info.config ?? {};
  const keys = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  return [...keys].filter(key => wanted[key] !== found[key]);
}

const partsOf = ({ connector, tasks }: ConnectorStates) => [
  { what: 'it', ...connector },
  ...tasks.map((task, i) => ({ what: `task ${i}`, ...task })),
];

/** The connector and all of its tasks, of which there is one at least. */
export const isRunning = (states: ConnectorStates | undefined): boolean =>
  states !== undefined && states.tasks.length > 0 && partsOf(states).every(({ state }) => state === 'RUNNING');

export const hasFailed = (states: ConnectorStates): boolean => partsOf(states).some(({ state }) => state === 'FAILED');

/** By hand. */
export const isPaused = (states: ConnectorStates | undefined): boolean =>
  states !== undefined && ['PAUSED', 'STOPPED'].includes(states.connector.state);

/** `its task`, `its 2 tasks` */
export const tasksText = (states: ConnectorStates | undefined): string => {
  const count = states?.tasks.length ?? 0;
  return count === 1 ? 'its task' : `its ${count} tasks`;
};

/**
 * What is not RUNNING: `connector market-candles: task 0 is FAILED, MongoTimeoutException: Timed out after 30000 ms`
 */
export function statesText(name: string, states: ConnectorStates | undefined): string {
  if (states === undefined) return `connector ${name} is missing`;
  const parts = partsOf(states).filter(({ state }) => state !== 'RUNNING');
  const texts = parts.map(({ what, state, trace }) => `${what} is ${state}${trace ? `, ${reasonOf(trace)}` : ''}`);
  return `connector ${name}: ${texts.join('; ') || 'it has no task yet'}`;
}

/** A Java trace's innermost cause, which says most. */
const reasonOf = (trace: string): string => trace.split('Caused by: ').at(-1)?.split('\n')[0] ?? '';
