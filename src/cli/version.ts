/** Which gobool and which Node run. */
import packageJson from '../../package.json' with { type: 'json' };
import type { Reply } from './output/reply.ts';

export const VERSION: string = packageJson.version;
export const NODE = { version: process.versions.node, path: process.execPath } as const;

export function versionReply(): Reply {
  return { data: { gobool: VERSION, node: NODE.version }, text: () => VERSION };
}
