/** What a package client's failure means, from its output: Maven, pip, npm and Go each say it in their own words. */
import { stripVTControlCharacters } from 'node:util';
import { GoboolError } from '../../../runtime/base/error.ts';

const LINES_SHOWN = 6;
const REASONS_SHOWN = 2;

const MEANINGS = [
  ['GB_DISK_FULL', [/no space left on device|ENOSPC|disk quota exceeded/i]],
  ['GB_FETCH_CORRUPT', [/do not match the hashes|EINTEGRITY|checksum mismatch|checksum validation failed/i]],
  [
    'GB_FETCH_NETWORK',
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|timed out|timeout/,
      /unknown host|no such host|name resolution|name or service not known|nodename nor servname|no route to host/i,
      /connection (?:refused|reset)|failed to establish a new connection|network is unreachable|dial tcp|proxyerror/i,
    ],
  ],
] as const;

/** What Maven adds to every failure. */
const BOILERPLATE = /^\[ERROR\](?:$| To see the full| Re-run Maven| For more information| \[Help)/;

export function clientFailure(what: string, client: string, exit: string, output: readonly string[]): GoboolError {
  const lines = readable(output);
  const message = `${client} could not fetch ${what} (${exit}).`;
  for (const [code, patterns] of MEANINGS) {
    const reasons = lines.filter(line => patterns.some(pattern => pattern.test(line)));
    if (reasons.length > 0) return new GoboolError(code, message, { problems: reasons.slice(-REASONS_SHOWN) });
  }
  return new GoboolError('GB_FETCH_FAILED', message, { problems: lines.slice(-LINES_SHOWN) });
}

/** The end of an output, without addresses: a mirror's may hold a password. */
export const lastLines = (output: readonly string[]): readonly string[] => readable(output).slice(-LINES_SHOWN);

const readable = (output: readonly string[]): readonly string[] =>
  output
    .map(line => withoutHosts(stripVTControlCharacters(line)).trimEnd())
    .filter(line => line !== '' && !BOILERPLATE.test(line));

const withoutHosts = (line: string): string =>
  line
    .replace(/\bhttps?:\/\/[^\s/'")\]]+/gi, '<registry>')
    .replace(/\b(host(?:=|:)?|lookup|EAI_AGAIN|ENOTFOUND)(\s*['"]?)[\w-]+(?:\.[\w-]+)+/gi, '$1$2<registry>');
