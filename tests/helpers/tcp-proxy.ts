/** A link between a client and a server of this machine, which a test can break. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  readonly port: number;
  /** Ends all connections, and every new one at once. */
  readonly cut: () => void;
  /** Connections stay open, and nothing passes through them any more; new ones work. */
  readonly silence: () => void;
  /** Everything arrives, a while later. */
  readonly slow: () => void;
  readonly mend: () => void;
}

/** One way. */
const SLOW_MS = 300;

/** A broker tells its clients where they find it; through this link they hear of the link instead. */
export function kafkaProxy(brokerPort: number): Promise<TcpProxy> {
  const address = (port: number) => {
    const bytes = Buffer.from('127.0.0.1....');
    bytes.writeInt32BE(port, bytes.length - 4);
    return bytes;
  };
  return tcpProxy(brokerPort, (answer, ownPort) => {
    const [broker, own] = [address(brokerPort), address(ownPort)];
    for (let at = answer.indexOf(broker); at >= 0; at = answer.indexOf(broker, at)) own.copy(answer, at);
  });
}

/** `rewrite` changes what the server says, in place. */
export async function tcpProxy(
  serverPort: number,
  rewrite: (answer: Buffer, ownPort: number) => void = () => {},
): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  let isSlow = false;
  /** In order also where the link was slow a moment ago. */
  const late = () =>
    new Transform({
      transform: (data, _encoding, done) => {
        if (isSlow) setTimeout(done, SLOW_MS, null, data);
        else done(null, data);
      },
    });
  const proxy = createServer(client => {
    if (isCut) return void client.destroy();
    const server = connect(serverPort, '127.0.0.1');
    server.on('data', data => rewrite(data, portOf(proxy)));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from) && to.destroy());
      from.pipe(late()).pipe(to);
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const endAll = () => {
    for (const socket of open) socket.destroy();
  };
  onTestFinished(() => {
    proxy.close();
    endAll();
  });
  return {
    port: portOf(proxy),
    cut() {
      isCut = true;
      endAll();
    },
    silence() {
      for (const socket of open) socket.unpipe().on('data', () => {});
    },
    slow() {
      isSlow = true;
    },
    mend() {
      isCut = false;
      isSlow = false;
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
