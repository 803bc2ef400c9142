/** What is kept of finished tasks, over in-memory adapters. */
import { hash as digest } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { decodeFrame } from '../../../../src/cluster/contracts/frame.ts';
import { piecesOf, type TaskArtifact } from '../../../../src/cluster/contracts/task-artifact.ts';
import { type FakeTask, fakeTask, randomBodies } from '../../../helpers/join/fake-task.ts';
import { type SmallJoin, smallJoin } from '../../../helpers/join/small-join.ts';

async function finish(task: FakeTask): Promise<void> {
  await task.submit();
  await task.claimed();
  await task.pieces();
  await task.completed();
}

async function artifactOf({ ask, filings }: SmallJoin, { taskId }: FakeTask): Promise<Buffer> {
  await vi.waitUntil(() => filings.get(taskId), { timeout: 20_000 });
  const answer = await ask(`/tasks/${taskId}/artifact`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  return Buffer.from(await answer.arrayBuffer());
}

test('the artifact of a task has its end, its specification and its pieces, byte by byte', async () => {
  const join = await smallJoin();
  const task = fakeTask(join.bus, [...randomBodies(3, 1_001), Buffer.alloc(0), ...randomBodies(2, 7)]);
  await finish(task);
  const bytes = await artifactOf(join, task);
  expect(digest('sha256', bytes)).toBe((await join.filings.get(task.taskId))?.hash);
  const artifact = decodeFrame(bytes) as TaskArtifact;
  const { taskId, runId, rootHash } = task;
  expect(artifact).toMatchObject({ v: 1, ending: { taskId, runId, rootHash, pieces: 6 }, volumes: [] });
  expect(artifact.submission).toMatchObject({ keyId: 'k-0123456789ab', spec: { kind: 'describe' } });
  expect(piecesOf(artifact).map(({ body }) => Buffer.from(body))).toEqual(task.bodies);
});

test('a long result is spread over several artifacts', async () => {
  const join = await smallJoin();
  const task = fakeTask(join.bus, randomBodies(18, 900_001));
  await finish(task);
  const artifact = decodeFrame(await artifactOf(join, task)) as TaskArtifact;
  expect(artifact.volumes).toHaveLength(2);
  const volumes = await Promise.all(artifact.volumes.map(async hash => decodeFrame(await join.artifacts.get(hash))));
  const bodies = [...(volumes as TaskArtifact[]), artifact].flatMap(volume => piecesOf(volume).map(({ body }) => body));
  expect(bodies.map(body => digest('sha256', body))).toEqual(task.bodies.map(body => digest('sha256', body)));
});

test('a task whose pieces are lost, or are others, has none, and those after it have', async () => {
  const join = await smallJoin();
  const [lost, other, whole] = [1, 2, 3].map(() => fakeTask(join.bus, randomBodies(2, 50)));
  await lost!.piece(1);
  await lost!.completed();
  await other!.pieces();
  await other!.completed(1, { rootHash: 'f'.repeat(64) });
  await finish(whole!);
  await artifactOf(join, whole!);
  for (const { taskId } of [lost!, other!]) {
    const answer = await join.ask(`/tasks/${taskId}/artifact`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'GB_ARTIFACT_MISSING' });
  }
});

test('a store that is away for a moment only delays it; two attempts leave one artifact', async () => {
  const join = await smallJoin();
  const { put } = join.artifacts;
  let failures = 2;
  vi.spyOn(join.artifacts, 'put').mockImplementation(async (hash, bytes) => {
    if (failures-- > 0) throw new Error('away');
    await put(hash, bytes);
  });
  const task = fakeTask(join.bus, randomBodies(2, 50));
  await finish(task);
  await task.pieces(0, 2, 2);
  await task.completed(2);
  await artifactOf(join, task);
  expect(failures).toBeLessThan(0);
  expect(join.stored.size).toBe(1);
});
