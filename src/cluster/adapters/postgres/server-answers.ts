/**
 * Whether the postmaster, the process that takes connections, is awake. A connection that exists is served by a process
 * of its own, which goes on while the postmaster stands still; to make a new one costs a login, and this question none.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

/** "Do you speak TLS?": length 8, then the number of this question. The answer is one byte, and no line in the log. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Resolves once it answers; rejects where nobody listens, and when the signal aborts. */
export async function serverAnswers(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = connect({ host, port });
  try {
    socket.write(SSL_REQUEST);
    await once(socket, 'data', { signal });
  } finally {
    socket.destroy();
  }
}
