import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  imageVariable,
  imageVersion,
  OFFICIAL_IMAGES,
  type OfficialImage,
  officialImage,
} from '../../../../../src/cluster/dev/docker/images.ts';
import { REPOSITORY } from '../../../../helpers/cli.ts';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

test('every official image is pinned to a version', () => {
  expect(Object.values(OFFICIAL_IMAGES).filter(image => !/:v?\d+\.\d+/.test(image))).toEqual([]);
});

test('the documentation and the Dockerfiles say the same', () => {
  const documentation = read('docs/cluster-docker.md');
  for (const [name, image] of Object.entries(OFFICIAL_IMAGES)) {
    expect(documentation).toContain(`\`${image}\` | \`${imageVariable(name as OfficialImage)}\``);
  }
  for (const name of ['connect', 'streams']) {
    const dockerfile = read(`engines/${name}/Dockerfile`);
    expect(dockerfile).toContain(`ARG KAFKA_IMAGE=${OFFICIAL_IMAGES.kafka}\n`);
    expect(dockerfile).toContain(`ARG MAVEN_IMAGE=${OFFICIAL_IMAGES.maven}\n`);
  }
});

test('the environment names another one', () => {
  expect(officialImage('kafka', {})).toBe(OFFICIAL_IMAGES.kafka);
  expect(officialImage('kafka', { [imageVariable('kafka')]: '' })).toBe(OFFICIAL_IMAGES.kafka);
  expect(officialImage('kafka', { GOBOOL_IMAGE_KAFKA: 'mirror:5000/kafka:4.3.0' })).toBe('mirror:5000/kafka:4.3.0');
});

test.each([
  ['apache/kafka:4.2.0', '4.2.0'],
  ['mirror:5000/apache/kafka', 'latest'],
  ['mirror:5000/apache/kafka:4.2.0', '4.2.0'],
  [`postgres@sha256:${'0123456789ab'.repeat(5)}`, '0123456789ab'],
])('%s is of version %s', (image, version) => {
  expect(imageVersion(image)).toBe(version);
});
