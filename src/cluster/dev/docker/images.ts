/**
 * Which image each container runs: the official ones, pinned by tag. Each can be replaced by an environment variable,
 * by a mirror's name for it or by an image built on this machine. What an image must hold: kafka: `java` on the PATH,
 * Kafka's jars in `/opt/kafka/libs`. mongodb: `mongod`. postgres: `initdb`, `postgres`, a user `postgres`, `setpriv`.
 * etcd: `etcd`. maven: `mvn` and a JDK, 17 or newer; with it the images of Connect and Streams are built.
 * node: `node`, version 24, and Debian, or `bwrap`; the base of the image of gobool's services.
 */
import type { EngineName } from '../component.ts';

export const OFFICIAL_IMAGES = {
  kafka: 'apache/kafka:4.2.0',
  mongodb: 'mongo:7.0.16',
  postgres: 'postgres:18.1',
  etcd: 'gcr.io/etcd-development/etcd:v3.6.16',
  maven: 'maven:3.9.9-eclipse-temurin-17',
  node: 'node:24.21.0-bookworm-slim',
} as const;

export type OfficialImage = keyof typeof OFFICIAL_IMAGES;

/** The process's environment, as far as it is looked at. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const imageVariable = (name: EngineName | OfficialImage) => `GOBOOL_IMAGE_${name.toUpperCase()}`;

/** What the environment names, if anything. */
export const namedImage = (name: EngineName | OfficialImage, env: Environment) => env[imageVariable(name)] || undefined;

export const officialImage = (name: OfficialImage, env: Environment): string =>
  namedImage(name, env) ?? OFFICIAL_IMAGES[name];

/** `4.2.0` of `apache/kafka:4.2.0`; a digest's start where that pins it. */
export function imageVersion(image: string): string {
  const [, digest] = image.split('@sha256:');
  if (digest !== undefined) return digest.slice(0, 12);
  return /:([^:/]+)$/.exec(image)?.[1] ?? 'latest';
}
