/**
 * Builds the image of gobool's services from `dist` and prints its tag: `npm run build`, then
 * `node scripts/services-image.ts`. Packages come from node_modules, so only the base image needs the network. The base
 * is `GOBOOL_IMAGE_NODE`, or the official one.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { officialImage } from '../src/cluster/dev/docker/images.ts';
import { buildImage } from './docker-build.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Folders of what is not in the bundle, relative to the root. */
function productionPackages(): readonly string[] {
  const { stdout } = spawnSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT, encoding: 'utf8' });
  const folders = stdout.split('\n').map(path => relative(ROOT, path));
  return folders.filter(path => path.startsWith('node_modules/'));
}

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
const tag = `gobool-services:${version}`;
const files = ['package.json', 'dist', ...productionPackages()].map(path => [join(ROOT, path), path] as const);
const programs = ['service.sh', 'healthy.js'].map(name => [join(ROOT, 'docker', name), name] as const);
buildImage({
  tag,
  dockerfile: readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8'),
  buildArguments: { NODE_IMAGE: officialImage('node', process.env) },
  files: [...files, ...programs],
});
console.log(tag);
