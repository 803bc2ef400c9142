/** Commands that ask a cluster: what they send to its gateway, and what they make of its answers. */
import { describe, expect, test } from 'vitest';
import { ask, asked } from '../helpers/ask-cluster.ts';
import { document, gobool, type Json, temporaryFolder } from '../helpers/cli.ts';
import { type EventServer, eventServer, sendJson } from '../helpers/event-server.ts';

const RUN_ID = 'r-3551aa80c1d2e3f405162738';
const OTHER_ID = 'r-3551aa81c1d2e3f405162738';
const CASE_ID = 'c-07be33f1c1d2e3f405162738';
const HASH = '8c4f21d7a90b'.padEnd(64, '0');
const NOW_MS = Date.now();
const ERROR = { code: 'GB_STRATEGY_THREW', message: 'no', hint: 'Fix it.' };

const run = (more: object = {}) => ({
  runId: RUN_ID,
  version: 3,
  state: 'running',
  kind: 'sweep',
  name: 'sma-cross.ts',
  keyId: 'k-0123456789ab',
  submittedMs: NOW_MS - 125_000,
  atMs: NOW_MS - 5_000,
  tasks: { total: 12, completed: 3, failed: 0, running: 2 },
  position: null,
  ...more,
});

const CASE = {
  caseId: CASE_ID,
  kind: 'message',
  state: 'open',
  code: 'GB_MESSAGE_INVALID',
  message: 'run.submit.v9 is of no known version.',
  fingerprint: '0123456789ab',
  service: 'command',
  type: 'run.submit.v9',
  attempts: 4,
  atMs: NOW_MS - 60_000,
};

const CASE_DETAIL = { ...CASE, headers: {}, body: '' };

const KEY = { keyId: 'k-0123456789ab', name: 'ci', scopes: ['submit', 'read'], createdMs: NOW_MS, expiresMs: null };

const bodies = ({ asked }: EventServer): Json[] =>
  asked.map(({ body }) => (body.length === 0 ? null : JSON.parse(String(body))));

describe('run ls --cluster', () => {
  test('lists state, tasks, position, age, name and result, without the descriptions', async () => {
    const runs = [
      run({
        runId: OTHER_ID,
        state: 'queued',
        kind: 'run',
        position: 7,
        tasks: { total: 1, completed: 0, failed: 0, running: 0 },
      }),
      run({ kind: 'describe', state: 'completed' }),
      run(),
      run({ state: 'completed', resultHash: HASH }),
      run({ state: 'failed', error: ERROR }),
    ];
    const { stdout, exitCode, server } = await ask(['run', 'ls', '--cluster'], { 'GET /v1/runs': { runs } });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^run +state +tasks +position +age +kind +name +result$/),
      expect.stringMatching(/^r-3551aa81 +queued +0\/1 +7 +2 min +run +sma-cross.ts +-$/),
      expect.stringMatching(/^r-3551aa80 +running +3\/12 +- +2 min +sweep +sma-cross.ts +-$/),
      expect.stringMatching(/^r-3551aa80 +completed +3\/12 +- +2 min +sweep +sma-cross.ts +8c4f21d7a90b$/),
      expect.stringMatching(/^r-3551aa80 +failed +3\/12 +- +2 min +sweep +sma-cross.ts +GB_STRATEGY_THREW$/),
    ]);
    expect(asked(server)).toEqual(['GET /v1/runs?limit=40']);
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${server.key}`);
  });

  test('asks page after page, with what it is to list, and says where there is more', async () => {
    const routes = {
      'GET /v1/runs?state=failed&where=total%3E1&limit=4': { runs: [run()], next: 'x' },
      'GET /v1/runs?state=failed&where=total%3E1&limit=4&before=x': { runs: [run(), run()] },
    };
    const args = ['run', 'ls', '--cluster', '--state', 'failed', '--where', 'total>1', '--limit', '2'];
    expect((await ask(args, routes)).stdout).toContain('The newest 2; --limit 0 shows all');
    const { data } = document(await ask([...args, '--json'], routes));
    expect(data).toMatchObject({ isAll: false, runs: [{ runId: RUN_ID }, { runId: RUN_ID }] });
    expect(data.runs[0].submitted).toBe(new Date(NOW_MS - 125_000).toISOString());
  });

  test('--keys shows whose they are', async () => {
    const { stdout } = await ask(['run', 'ls', '--cluster', '--keys'], { 'GET /v1/runs': { runs: [run()] } });
    expect(stdout).toMatch(/result +key\n.* k-0123456789ab$/);
  });

  test.each([
    [['--cluster', '--state', 'runing'], 'There is no state "runing". Did you mean "running"?'],
    [['--cluster', '--sort', 'sharpe'], '--sort: runs of a cluster are listed newest first.'],
    [['--state', 'running'], '--state: only runs of a cluster have it, so add --cluster.'],
  ])('%j is a usage error', async (args, message) => {
    const { stderr, exitCode } = await ask(['run', 'ls', ...args], {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('run show', () => {
  const ranking = {
    done: 2,
    sets: 40,
    objective: 'sharpe',
    best: [{ index: 7, value: 1.23456, resultHash: HASH, taskId: `${RUN_ID}-0` }],
  };
  const taskList = [
    {
      taskId: `${RUN_ID}-0`,
      state: 'completed',
      attempt: 1,
      workerId: 'w-0123456789ab',
      pid: 4711,
      cpu: 1,
      elapsedMs: 41,
    },
    { taskId: `${RUN_ID}-1`, state: 'failed', attempt: 2, workerId: 'w-0123456789ab', error: ERROR },
  ];

  test('of a cluster tells progress, position, error, ranks and tasks, failed ones first', async () => {
    const view = run({ position: 4, priority: 2, error: ERROR, ranking, taskList, correlationId: 'request-1' });
    const { stdout, exitCode } = await ask(['run', 'show', 'r-3551aa80'], {
      'GET /v1/runs': { runs: [run(), run({ runId: OTHER_ID })] },
      [`GET /v1/runs/${RUN_ID}`]: view,
    });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `Run ${RUN_ID} is running`,
      '',
      '  name       sma-cross.ts (sweep)',
      '  key        k-0123456789ab',
      expect.stringMatching(/^ {2}submitted {2}\d{4}-\d\d-\d\d( \d\d:\d\d)? UTC, 2 min ago$/),
      expect.stringMatching(/^ {2}changed {4}.* UTC, \d+ s ago$/),
      '  tasks      3 of 12 done, 2 running',
      '  position   behind 4 tasks of others',
      '  priority   2',
      '  request    request-1',
      '',
      'GB_STRATEGY_THREW no',
      'Hint Fix it.',
      '',
      'Best by sharpe, 2 of 40 sets done',
      'rank  set   value  result',
      '   1    7  1.2346  8c4f21d7a90b',
      '',
      'task  state      attempt  worker          process  cpu   took  result',
      '   1  failed           2  w-0123456789ab        -    -      -  GB_STRATEGY_THREW',
      '   0  completed        1  w-0123456789ab     4711    1  41 ms  -',
    ]);
  });

  test('finds it by the id of a task, by last, and whole ids without a list', async () => {
    const routes = {
      'GET /v1/runs': { runs: [run({ runId: OTHER_ID, kind: 'describe' }), run()] },
      [`GET /v1/runs/${RUN_ID}`]: run(),
    };
    const shown = async (args: readonly string[]) =>
      document(await ask(['run', 'show', ...args, '--json'], routes)).data.runId;
    expect(await shown(['r-3551aa80-7'])).toBe(RUN_ID);
    expect(await shown(['last', '--cluster'])).toBe(RUN_ID);
    expect(asked((await ask(['run', 'show', RUN_ID], routes)).server)).toEqual([`GET /v1/runs/${RUN_ID}`]);
  });

  test.each([
    ['r-3551', 'GB_RUN_AMBIGUOUS', `2 runs begin with "r-3551": ${RUN_ID}, ${OTHER_ID}.`],
    ['r-3551ab80', 'GB_RUN_UNKNOWN', 'The cluster has no run "r-3551ab80". Did you mean r-3551aa80?'],
    ['r-ffffffff', 'GB_RUN_UNKNOWN', 'The cluster has no run "r-ffffffff".'],
  ])('%s is %s', async (reference, code, message) => {
    const { error } = document(
      await ask(['run', 'show', reference, '--json'], { 'GET /v1/runs': { runs: [run(), run({ runId: OTHER_ID })] } }),
    );
    expect(error).toMatchObject({ code, message, exitCode: 2 });
  });
});

describe('decisions about runs', () => {
  const one = { 'GET /v1/runs': { runs: [run()] }, [`GET /v1/runs/${RUN_ID}`]: run() };

  test('run cancel', async () => {
    const { stdout, server } = await ask(['run', 'cancel', 'last'], {
      ...one,
      [`DELETE /v1/runs/${RUN_ID}`]: { runId: RUN_ID },
    });
    expect(stdout).toContain('r-3551aa80 is being cancelled');
    expect(asked(server).at(-1)).toBe(`DELETE /v1/runs/${RUN_ID}`);
  });

  test.each([
    [['run', 'cancel', RUN_ID], 'r-3551aa80 is failed already: there is nothing to cancel.'],
    [['queue', 'move', RUN_ID, '--to', 'front'], 'r-3551aa80 is failed already: nothing of it waits.'],
  ])('%s of a run that is over says so, and sends nothing', async (args, said) => {
    const failed = { [`GET /v1/runs/${RUN_ID}`]: run({ state: 'failed' }) };
    const { stdout, server } = await ask(args, failed);
    expect([stdout.trim(), ...asked(server)]).toEqual([said, `GET /v1/runs/${RUN_ID}`]);
    expect(document(await ask([...args, '--json'], failed)).data).toMatchObject({ runId: RUN_ID, over: 'failed' });
  });

  test('run retry tells under which id it goes on', async () => {
    const retry = (runId: string) => ask(['run', 'retry', RUN_ID], { [`POST /v1/runs/${RUN_ID}/retry`]: { runId } });
    const { stdout, server } = await retry(OTHER_ID);
    expect(stdout).toContain('r-3551aa80 runs again as r-3551aa81.');
    expect(server.asked[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await retry(RUN_ID)).stdout).toContain('r-3551aa80 goes on: its open cases are tried again.');
  });

  test('queue move', async () => {
    const args = ['queue', 'move', 'r-3551', '--priority', '-5', '--to', 'front'];
    const { stdout, server } = await ask(args, { ...one, [`PATCH /v1/runs/${RUN_ID}`]: { runId: RUN_ID } });
    expect(stdout).toContain('r-3551aa80 moves to priority -5, to the front.');
    expect(bodies(server).at(-1)).toEqual({ priority: -5, to: 'front' });
    const nowhere = document(await ask(['queue', 'move', RUN_ID, '--json'], {}));
    expect(nowhere.error).toMatchObject({ code: 'GB_USAGE', message: 'Where to?' });
  });
});

test('queue ls shows the order', async () => {
  const entry = {
    runId: RUN_ID,
    name: 'sma.ts',
    keyId: 'k-0123456789ab',
    priority: 5,
    waiting: 9,
    running: 1,
    position: 0,
  };
  const queue = { entries: [{ ...entry, submittedMs: NOW_MS - 3_700_000 }], waiting: 9, running: 1 };
  const { stdout } = await ask(['queue', 'ls'], { 'GET /v1/queue': queue });
  expect(stdout.split('\n')).toEqual([
    'position  run         priority  waiting  running  age  key             name',
    '       0  r-3551aa80         5        9        1  1 h  k-0123456789ab  sma.ts',
    '',
    '9 tasks waiting, 1 running.',
  ]);
  const empty = { entries: [], waiting: 0, running: 0 };
  expect((await ask(['queue', 'ls'], { 'GET /v1/queue': empty })).stdout).toBe('Nothing waits, nothing runs.');
});

describe('hospital', () => {
  const one = { 'GET /v1/cases': { cases: [CASE] } };

  test('ls shows what is not over, newest first', async () => {
    const retrying = {
      ...CASE,
      caseId: CASE_ID.replace('07', '08'),
      state: 'retrying',
      runId: RUN_ID,
      atMs: NOW_MS,
      nextMs: NOW_MS + 3_600_000,
    };
    const { stdout, server } = await ask(['hospital', 'ls'], {
      'GET /v1/cases?limit=21&state=open': { cases: [CASE] },
      'GET /v1/cases?limit=21&state=retrying': { cases: [retrying] },
    });
    expect(server.asked).toHaveLength(2);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^case +state +kind +code +tries +age +again in +run +message$/),
      expect.stringMatching(/^c-08be33f1 +retrying +message +GB_MESSAGE_INVALID +4 +\d+ s +59 min +r-3551aa80 +run\./),
      expect.stringMatching(/^c-07be33f1 +open +message +GB_MESSAGE_INVALID +4 +1 min +- +- +run\./),
      '',
      '2 cases of 1 cause; gobool hospital show <case> tells more.',
    ]);
    expect((await ask(['hospital', 'ls'], { 'GET /v1/cases': { cases: [] } })).stdout).toBe('Nobody is ill.');
  });

  test('show tells what fell ill: JSON in lines, bytes as a dump', async () => {
    const show = (body: Buffer | string) => {
      const headers = { type: 'run.submit.v9' };
      const detail = { ...CASE, place: 'commands/3/17', headers, body: Buffer.from(body).toString('base64') };
      return ask(['hospital', 'show', 'c-07'], { ...one, [`GET /v1/cases/${CASE_ID}`]: detail });
    };
    const { stdout } = await show('{"v":9}');
    expect(stdout).toContain(
      `Case ${CASE_ID}, a message, is open\n\nGB_MESSAGE_INVALID run.submit.v9 is of no known version.`,
    );
    expect(stdout).toContain('  place    commands/3/17\n');
    expect(stdout).toContain('Body\n{\n  "v": 9\n}');
    expect(stdout).toContain('`gobool hospital retry c-07be33f1` does it again');
    expect((await show(Buffer.from([0, 27, 65]))).stdout).toMatch(/^00000000 {2}00 1b 41 +\.\.A$/m);
  });

  test.each([
    ['retry', 'tried again'],
    ['discard', 'given up'],
  ])('%s', async (action, outcome) => {
    const { stdout, server } = await ask(['hospital', action, 'c-07'], {
      ...one,
      [`GET /v1/cases/${CASE_ID}`]: CASE_DETAIL,
      [`POST /v1/cases/${CASE_ID}/${action}`]: {},
    });
    expect(stdout).toBe(`Case c-07be33f1 is being ${outcome}.`);
    expect(asked(server).at(-1)).toBe(`POST /v1/cases/${CASE_ID}/${action}`);
  });

  test('retry of a case that is over says so, and sends nothing', async () => {
    const routes = { [`GET /v1/cases/${CASE_ID}`]: { ...CASE_DETAIL, state: 'discarded' } };
    const args = ['hospital', 'retry', CASE_ID];
    const { stdout, server } = await ask(args, routes);
    expect([stdout, ...asked(server)]).toEqual(['Case c-07be33f1 is discarded already.', `GET /v1/cases/${CASE_ID}`]);
    const over = [{ caseId: CASE_ID, state: 'discarded' }];
    expect(document(await ask([...args, '--json'], routes)).data).toEqual({ caseIds: [], action: 'retry', over });
  });

  test('decides nothing where one of the cases is not known', async () => {
    const { stderr, exitCode, server } = await ask(['hospital', 'discard', 'c-07', 'c-99'], one);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('GB_CASE_UNKNOWN');
    expect(asked(server).filter(request => request.startsWith('POST'))).toEqual([]);
  });
});

test('worker ls shows who does what', async () => {
  const worker = { workerId: 'w-0123456789ab', host: 'box', pid: 4711, partition: 17, slot: 3 };
  const workers = [
    { ...worker, cpu: 0, state: 'busy', taskId: `${RUN_ID}-12` },
    { ...worker, cpu: null, state: 'idle' },
  ];
  const { stdout } = await ask(['worker', 'ls'], { 'GET /v1/workers': { workers } });
  expect(stdout.split('\n')).toEqual([
    'worker          state  task           taken  cpu  process  partition  host',
    'w-0123456789ab  busy   r-3551aa80-12      3    0     4711         17  box',
    'w-0123456789ab  idle   -                  3    -     4711         17  box',
    '',
    '2 workers, 1 busy.',
  ]);
});

describe('key', () => {
  test('create prints the key alone to stdout, and all else to stderr', async () => {
    const created = { 'POST /v1/keys': { keyId: 'k-0123456789ab', key: 'gb_k-0123456789ab_secret' } };
    const args = ['key', 'create', 'ci', '--scope', 'read', '--expires', '30d'];
    const { stdout, stderr, server } = await ask(args, created);
    expect(stdout).toBe('gb_k-0123456789ab_secret');
    expect(stderr).toMatch(/^Key k-0123456789ab may read, until \d{4}-\d\d-\d\d( \d\d:\d\d)? UTC\.\n.*GOBOOL_API_KEY/);
    expect(stderr).not.toContain('hidden');
    const [body] = bodies(server);
    expect(body).toMatchObject({ name: 'ci', scopes: ['read'] });
    expect(Math.abs(body.expiresMs - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000);
    const plain = await ask(['key', 'create', 'ci'], created);
    expect(bodies(plain.server)).toEqual([{ name: 'ci', scopes: ['submit', 'read'], expiresMs: null }]);
  });

  test.each([
    [['--expires', '30'], '--expires: expected a span like 30d, 12h or 90min, not "30"'],
    [['--scope', 'write'], '--scope: expected "submit" or "read" or "admin"'],
  ])('create %j is refused', async (args, message) => {
    const { stderr, exitCode } = await ask(['key', 'create', 'ci', ...args], {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('ls and revoke', async () => {
    const keys = { 'GET /v1/keys': { keys: [KEY, { ...KEY, keyId: 'k-1123456789ab', name: 'old', expiresMs: 1 }] } };
    const { stdout } = await ask(['key', 'ls'], keys);
    expect(stdout).toMatch(/^k-0123456789ab +ci +submit read +\d+ s +never$/m);
    expect(stdout).toMatch(/^k-1123456789ab +old +submit read +\d+ s +expired$/m);
    const revoked = await ask(['key', 'revoke', 'k-01'], { ...keys, 'DELETE /v1/keys/k-0123456789ab': {} });
    expect(revoked.stdout).toContain('Key k-0123456789ab is revoked');
    const { error } = document(await ask(['key', 'revoke', 'k-02', '--json'], keys));
    expect(error).toMatchObject({ code: 'GB_KEY_UNKNOWN', exitCode: 2 });
  });
});

test('cluster rebuild exits with 6 where something differs', async () => {
  const command = { events: 1_200, runs: 3, tasks: 40, differences: [] };
  const rebuilt = (differences: string[]) =>
    ask(['cluster', 'rebuild'], { 'POST /v1/rebuild': { command, join: { runs: 3, differences } } });
  const { stdout, exitCode } = await rebuilt([]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('command  1,200 events, 3 runs, 40 tasks; no differences');
  const other = await rebuilt([RUN_ID]);
  expect(other.exitCode).toBe(6);
  expect(other.stdout).toContain(`differs join: ${RUN_ID}`);
});

describe('what a gateway says', () => {
  test.each([
    [401, 'GB_KEY_INVALID', 4],
    [403, 'GB_KEY_SCOPE', 4],
    [404, 'GB_CASE_UNKNOWN', 2],
  ])('%i %s ends with %i', async (status, code, exitCode) => {
    const server = await eventServer((_asking, response) => sendJson(response, status, { code, detail: 'No.' }));
    const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
    const result = await gobool(['hospital', 'show', CASE_ID, '--json'], { cwd: temporaryFolder(), env });
    expect(result.exitCode).toBe(exitCode);
    expect(document(result).error).toMatchObject({ code, message: 'No.' });
  });

  test('is GB_CLUSTER_UNREACHABLE where no gateway of this version would say it', async () => {
    const { error } = document(await ask(['worker', 'ls', '--json'], { 'GET /v1/workers': { wrkers: [] } }));
    expect(error).toMatchObject({ code: 'GB_CLUSTER_UNREACHABLE', exitCode: 5 });
    expect(error.problems.join()).toContain('workers');
  });
});
