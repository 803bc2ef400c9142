/**
 * kafkajs 2.2.4 asks itself on every open connection, about a thousand times a second, whether a request waits, also
 * when none does (tulios/kafkajs issues 1704 and 1751): 3 % of a core for a connection that does nothing. A request
 * that has to wait asks for the question itself, so without one there is nothing to ask.
 */
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const { prototype } = RequestQueue;
const schedule = prototype.scheduleCheckPendingRequests;

export function keepIdleConnectionsQuiet(): void {
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
