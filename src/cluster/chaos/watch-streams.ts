/**
 * A gateway's client that looks over its own shoulder: which run was accepted, and whether the stream of each task was
 * contiguous, over all connections that it took.
 */
import type { EventSourceMessage } from 'eventsource-parser';
import type { GatewayClient } from '../client/gateway-client.ts';
import type { Witness } from './witness.ts';

/** `onAccepted`: told the id of each run that the cluster has promised to do. */
export function watchStreams(
  client: GatewayClient,
  witness: Witness,
  onAccepted: (runId: string) => void,
): GatewayClient {
  return {
    ...client,
    async submit(...run) {
      const runId = await client.submit(...run);
      onAccepted(runId);
      return runId;
    },
    async followTask(taskId, take, signal) {
      let next = 0;
      const look = (event: EventSourceMessage): void => {
        if (event.event !== 'piece') return;
        if (seqOf(event) === next) next++;
        else witness.offence('G', `${taskId}: piece ${seqOf(event)} came where ${next} was due`);
      };
      const watched = (event: EventSourceMessage) => {
        look(event);
        return take(event);
      };
      await client.followTask(taskId, watched, signal);
      witness.tailed(next);
    },
  };
}

/** Of a piece, whose id is `<task>:<seq>`. */
const seqOf = ({ id = '' }: EventSourceMessage): number => Number(id.slice(id.lastIndexOf(':') + 1));
