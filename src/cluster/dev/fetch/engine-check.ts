/** By which way an engine comes to this machine, and what is missing for it; fetches nothing. */
import { existsSync } from 'node:fs';
import type { EngineName } from '../component.ts';
import type { Origin } from '../driver.ts';
import { folderOf, type Recipe } from './cached-folder.ts';
import { type FetchSource, requireClient } from './clients.ts';
import { connectJars } from './connect.ts';
import { etcdEngine } from './etcd.ts';
import type { FetchContext } from './fetch-context.ts';
import { jarRecipe, withJavaHome } from './jars.ts';
import { findJava, javaCompiler } from './java.ts';
import { explicitFolder, type JvmEngine } from './jvm-engine.ts';
import { kafkaJars } from './kafka.ts';
import type { Finding } from './machine-check.ts';
import { damageIn } from './manifest.ts';
import { mongodbEngine } from './mongodb.ts';
import { postgresEngine } from './postgres.ts';
import { findProgram, type ProgramEngine } from './program-engine.ts';
import { appRecipe, streamsJars } from './streams.ts';

/** Throws what keeps the engine from this machine. */
export const ENGINE_CHECKS: Readonly<Record<EngineName, (context: FetchContext) => Promise<Finding>>> = {
  kafka: context => jvmRoute(kafkaJars, context),
  connect: context => jvmRoute(connectJars, context),
  streams: streamsRoute,
  mongodb: context => programRoute(mongodbEngine, context),
  postgres: context => programRoute(postgresEngine, context),
  etcd: context => programRoute(etcdEngine, context),
};

async function jvmRoute(engine: JvmEngine, context: FetchContext): Promise<Finding> {
  const { home } = await findJava(context);
  const found = explicitFolder(engine, context);
  if (found !== undefined) return foundOn(found);
  return await fetchedRoute(jarRecipe(engine), engine.source, withJavaHome(home, context));
}

async function streamsRoute(context: FetchContext): Promise<Finding> {
  const finding = await jvmRoute(streamsJars, context);
  const { version } = explicitFolder(streamsJars, context) ?? jarRecipe(streamsJars);
  const isCompiled = existsSync(folderOf(appRecipe(version, []), context));
  if (!isCompiled) javaCompiler(await findJava(context));
  return finding;
}

async function programRoute(engine: ProgramEngine, context: FetchContext): Promise<Finding> {
  const found = await findProgram(engine, context);
  return found === undefined ? await fetchedRoute(engine.recipe(), engine.source, context) : foundOn(found);
}

const foundOn = ({ version, route, location }: Origin): Finding => ({
  message: `${version}, ${route === 'explicit' ? 'as its variable says' : 'of this machine'}: ${location}`,
});

async function fetchedRoute(
  recipe: Recipe & { readonly version: string },
  source: FetchSource,
  context: FetchContext,
): Promise<Finding> {
  const folder = folderOf(recipe, context);
  const damage = existsSync(folder) ? await damageIn(folder, 'thorough') : undefined;
  if (damage !== undefined) {
    const hint = `Remove it, and the next \`gobool cluster up\` fetches it again: \`rm -r ${folder}\`.`;
    return { status: 'blocker', message: `${folder} is damaged: ${damage}`, hint };
  }
  if (existsSync(folder)) return { message: `${recipe.version}, fetched: ${folder}` };
  await requireClient(source, context);
  const { client, megabytes } = source;
  return { message: `${recipe.version} will be fetched with ${client.name}, about ${megabytes} MB` };
}
