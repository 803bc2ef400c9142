/** The licences of the packages whose code is inside dist/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** `inputs`: the paths that went into the bundles. */
export function thirdPartyLicences(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap(path => PACKAGE.exec(path)?.[1] ?? []));
  return [...folders].sort().map(section).join('\n\n');
}

function section(name: string): string {
  const folder = join('node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? 'The package has no licence text.' : readFileSync(join(folder, file), 'utf8').trim();
  return `${'='.repeat(80)}\n${name} ${version} (${license})${byline(author)}\n\n${text}`;
}

function byline(author: string | { readonly name: string } | undefined): string {
  if (author === undefined) return '';
  return ` by ${typeof author === 'string' ? author : author.name}`;
}
