/** What `idle-connections.ts` touches inside kafkajs, which has no types for it. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface RequestQueue {
    /** Requests that wait until they may be sent. */
    readonly pending: readonly unknown[];
    /** Epoch milliseconds; -1 where the broker never asked for a pause. */
    readonly throttledUntil: number;
    scheduleCheckPendingRequests(): void;
  }
  const requestQueue: { readonly prototype: RequestQueue };
  export = requestQueue;
}
