/**
 * One client for all that speaks to etcd. Every call has a deadline and is made once: etcd3's own retries would repeat
 * a change whose answer got lost, and its circuit breaker would keep a healed etcd away for five seconds.
 */
import { Etcd3, EtcdLeaseInvalidError, type IOptions } from 'etcd3';
import { GoboolError } from '../../../runtime/base/error.ts';

type Policy = NonNullable<NonNullable<IOptions['faultHandling']>['global']>;

const CALL_TIMEOUT_MS = 2_000;

/** How a connection that fell silent is noticed while a watch is open. etcd minds pings that come within 5 s. */
const PINGS = { 'grpc.keepalive_time_ms': 10_000, 'grpc.keepalive_timeout_ms': 3_000 };

/** The one method of a policy that etcd3 calls. */
const once = {
  execute: async <T>(call: (context: { signal: AbortSignal }) => T) => call({ signal: new AbortController().signal }),
} as unknown as Policy;

/** `address`: `http://127.0.0.1:2379`. Connects when it is first used. */
export function etcdClient(address: string): Etcd3 {
  return new Etcd3({
    hosts: address,
    grpcOptions: PINGS,
    faultHandling: { global: once, host: () => once },
    defaultCallOptions: ({ isStream }) => (isStream ? {} : { deadline: Date.now() + CALL_TIMEOUT_MS }),
  });
}

/** Awaits a call; its errors come out coded. */
export async function etcdCall<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw etcdError(error);
  }
}

function etcdError(error: unknown): GoboolError {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof EtcdLeaseInvalidError ? 'GB_LEASE_LOST' : 'GB_ETCD_UNAVAILABLE';
  return new GoboolError(code, `etcd: ${message}`, { cause: error });
}
