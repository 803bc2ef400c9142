import type { EventSourceMessage } from 'eventsource-parser';
import { describe, expect, test } from 'vitest';
import { followStream, type Taken } from '../../../../src/cluster/client/event-stream.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { beginStream, type EventServer, eventServer, sendEvents, sendJson } from '../../../helpers/event-server.ts';

const PATH = '/v1/tasks/r-1-0/stream';
const piece = (seq: number, data = `piece ${seq}`) => ({ event: 'piece', id: `r-1-0:${seq}`, data });
const END = { event: 'end', data: 'done' };

/** Follows to the end; what arrived. */
async function follow(server: EventServer, taken?: (event: EventSourceMessage) => Taken, signal?: AbortSignal) {
  const had: string[] = [];
  const take = (event: EventSourceMessage): Taken => {
    had.push(event.data);
    return taken?.(event) ?? (event.event === 'end' ? 'end' : 'more');
  };
  await followStream(server, PATH, take, signal ?? new AbortController().signal);
  return had;
}

const lastIds = ({ asked }: EventServer) => asked.map(({ headers }) => headers['last-event-id']);

describe('a stream', () => {
  test('goes on over another connection behind the last event that was had', async () => {
    const server = await eventServer(({ headers }, response) => {
      beginStream(response);
      if (headers['last-event-id'] !== undefined) return sendEvents(response, [piece(2), END]);
      sendEvents(response, [piece(0), piece(1)]);
      setTimeout(() => response.destroy(), 20);
    });
    expect(await follow(server)).toEqual(['piece 0', 'piece 1', 'piece 2', 'done']);
    expect(lastIds(server)).toEqual([undefined, 'r-1-0:1']);
    expect(server.asked[0]?.headers.authorization).toBe('Bearer gb_k-test_secret');
  });

  test('an event that was cut in the middle comes again, whole', async () => {
    const server = await eventServer(({ headers }, response) => {
      beginStream(response);
      if (headers['last-event-id'] !== undefined) return sendEvents(response, [piece(1), END]);
      sendEvents(response, [piece(0)]);
      response.write('event: piece\nid: r-1-0:1\ndata: pie');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await follow(server)).toEqual(['piece 0', 'piece 1', 'done']);
  });

  test('one that ends before its last event was cut off too, and so was one that is refused for a moment', async () => {
    const server = await eventServer((_asking, response) => {
      if (server.asked.length === 2) return sendJson(response, 503, { code: 'GB_SERVICE_AWAY', detail: 'no join' });
      beginStream(response);
      sendEvents(response, server.asked.length === 1 ? [piece(0)] : [piece(1), END]);
      response.end();
    });
    expect(await follow(server)).toEqual(['piece 0', 'piece 1', 'done']);
    expect(lastIds(server)).toEqual([undefined, 'r-1-0:0', 'r-1-0:0']);
  });

  test('an event that does not follow is asked for again', async () => {
    const server = await eventServer((_asking, response) => {
      beginStream(response);
      sendEvents(response, server.asked.length === 1 ? [piece(0), piece(2), END] : [piece(1), piece(2), END]);
    });
    let next = 0;
    const had = await follow(server, ({ event, id }) => {
      if (event === 'end') return 'end';
      if (id !== `r-1-0:${next}`) return 'again';
      next++;
      return 'more';
    });
    expect(had).toEqual(['piece 0', 'piece 2', 'piece 1', 'piece 2', 'done']);
    expect(lastIds(server)).toEqual([undefined, 'r-1-0:0']);
  });

  test('large events arrive whole', async () => {
    const large = 'x'.repeat(5_000_000);
    const server = await eventServer((_asking, response) => {
      beginStream(response);
      sendEvents(response, [piece(0, large), END]);
    });
    expect(await follow(server)).toEqual([large, 'done']);
  });

  test('a refusal that is to last ends it with its code', async () => {
    const server = await eventServer((_asking, response) =>
      sendJson(response, 404, { code: 'GB_RUN_UNKNOWN', detail: 'There is no run r-1.', correlationId: 'c-7' }),
    );
    const error = await errorOf(() => follow(server));
    expect(error).toMatchObject({ code: 'GB_RUN_UNKNOWN', message: 'There is no run r-1. (request c-7)' });
    expect(server.asked).toHaveLength(1);
  });

  test('a signal ends it, also while nothing comes', async () => {
    const server = await eventServer((_asking, response) => beginStream(response));
    const reason = new Error('enough');
    await expect(follow(server, undefined, AbortSignal.any([abortedAfter(50, reason)]))).rejects.toBe(reason);
  });

  test('what cannot be taken ends it', async () => {
    const server = await eventServer((_asking, response) => {
      beginStream(response);
      sendEvents(response, [piece(0)]);
    });
    const refuse = (): Taken => {
      throw new Error('no such piece');
    };
    await expect(follow(server, refuse)).rejects.toThrow('no such piece');
    expect(server.asked).toHaveLength(1);
  });
});

function abortedAfter(ms: number, reason: unknown): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), ms);
  return controller.signal;
}
