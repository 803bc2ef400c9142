import { realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findJava, javaCompiler } from '../../../../src/cluster/dev/fetch/java.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { javaHome, script, testMachine } from '../../../helpers/fetch-context.ts';

/** A machine with Java 17 on PATH and others in folders beside. */
function machineWithJavas() {
  const machine = testMachine();
  const homeOf = (version: string) => javaHome(join(machine.binDir, '..', `java-${version}`), version);
  const onPath = homeOf('17.0.15');
  script(join(machine.binDir, 'true'));
  symlinkSync(join(onPath, 'bin', 'java'), join(machine.binDir, 'java'));
  const find = (env: Readonly<Record<string, string>>) =>
    findJava({ ...machine.context, env: { ...machine.context.env, ...env } });
  return { homeOf, onPath, find };
}

test('PATH is followed to the real home', async () => {
  const { find, onPath } = machineWithJavas();
  const home = realpathSync(onPath);
  expect(await find({})).toEqual({ program: join(home, 'bin', 'java'), home, version: '17.0.15' });
});

test('JAVA_HOME goes before PATH, GOBOOL_JAVA before both', async () => {
  const { find, homeOf } = machineWithJavas();
  const home = homeOf('21.0.1');
  expect(await find({ JAVA_HOME: home })).toMatchObject({ version: '21.0.1' });
  const explicit = homeOf('24');
  expect(await find({ JAVA_HOME: home, GOBOOL_JAVA: explicit })).toMatchObject({ version: '24' });
  expect(await find({ GOBOOL_JAVA: join(explicit, 'bin', 'java') })).toMatchObject({ version: '24' });
});

test('a JAVA_HOME that is too old or empty does not hide a good PATH', async () => {
  const { find, homeOf } = machineWithJavas();
  expect(await find({ JAVA_HOME: homeOf('11.0.2') })).toMatchObject({ version: '17.0.15' });
  expect(await find({ JAVA_HOME: '/nowhere' })).toMatchObject({ version: '17.0.15' });
});

test('without Java, and with one that does not start', async () => {
  const { context, binDir } = testMachine();
  expect(await errorOf(() => findJava(context))).toMatchObject({ code: 'GB_JAVA_MISSING' });
  script(join(binDir, 'java'), 'echo "Unable to locate a Java Runtime." >&2', 'exit 1');
  expect(await errorOf(() => findJava(context))).toMatchObject({ code: 'GB_JAVA_MISSING' });
});

test('a Java that is too old is named with its version', async () => {
  const { find, homeOf } = machineWithJavas();
  const error = await errorOf(() => find({ GOBOOL_JAVA: homeOf('1.8.0_292') }));
  expect(error).toMatchObject({ code: 'GB_JAVA_TOO_OLD', message: expect.stringMatching(/java is 1\.8\.0\.$/) });
});

test('a GOBOOL_JAVA that is no Java is refused', async () => {
  const { find } = machineWithJavas();
  expect(await errorOf(() => find({ GOBOOL_JAVA: '/nowhere' }))).toMatchObject({ code: 'GB_ENGINE_EXPLICIT' });
});

test('a JRE has no compiler', async () => {
  const { find } = machineWithJavas();
  const java = await find({});
  expect(await errorOf(() => javaCompiler(java))).toMatchObject({ code: 'GB_JAVA_NO_COMPILER' });
});
