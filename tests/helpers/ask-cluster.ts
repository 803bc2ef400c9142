/** A command of the built program that asks a cluster, against a gateway whose answers a test gives. */
import { gobool, temporaryFolder } from './cli.ts';
import { type EventServer, eventServer, sendJson } from './event-server.ts';

/** Answers by method and path; the last part of a path with a query is left out. */
type Routes = Readonly<Record<string, unknown>>;

export async function ask(args: readonly string[], routes: Routes) {
  const server = await eventServer(({ method, path }, response) => {
    const body = routes[`${method} ${path}`] ?? routes[`${method} ${path.split('?')[0]}`];
    if (body === undefined) return sendJson(response, 404, { code: 'GB_REQUEST_UNKNOWN', detail: `${method} ${path}` });
    return sendJson(response, method === 'GET' ? 200 : 202, body);
  });
  const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
  return { ...(await gobool(args, { cwd: temporaryFolder(), env })), server };
}

export const asked = ({ asked }: EventServer) => asked.map(({ method, path }) => `${method} ${path}`);
