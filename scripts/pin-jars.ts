/**
 * Writes engines/<name>/jars.lock, the lock table of a JVM engine, from what its pom.xml resolves to: run by hand after
 * a version in a pom.xml changed, and read the difference before it is committed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

const workDir = mkdtempSync(join(tmpdir(), 'gobool-pins-'));
for (const name of ['kafka', 'connect', 'streams']) pinJars(name);
rmSync(workDir, { recursive: true });

function pinJars(name: string): void {
  const engineDir = join(import.meta.dirname, '../engines', name);
  const repository = join(workDir, 'maven');
  const listFile = join(workDir, `${name}.txt`);
  const options = [`-Dmaven.repo.local=${repository}`, `-Dmdep.outputFile=${listFile}`, '-DincludeScope=runtime'];
  execFileSync('mvn', ['-B', '-ntp', '-q', '-C', '-f', join(engineDir, 'pom.xml'), ...options, GOAL], {
    stdio: 'inherit',
  });
  const rows = readFileSync(listFile, 'utf8')
    .split(':')
    .sort()
    .map(file => {
      const content = readFileSync(file);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return `${sha256}  ${content.length}  ${relative(repository, file)}\n`;
    });
  writeFileSync(join(engineDir, 'jars.lock'), rows.join(''));
}
