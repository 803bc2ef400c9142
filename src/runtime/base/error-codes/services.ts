import { authentication, cluster, clusterLasting, entries, strategy, usage } from './entry.ts';

/** The services of the cluster: what they refuse, and what becomes of runs in them. */
export const SERVICE_ERRORS = entries({
  GB_ARTIFACT_MISSING: cluster(
    'The cluster does not have something that a run names.',
    'Bundles, inputs and datasets are stored by their hash before a run is submitted; one of them is not there.',
    'Run the command again: it uploads what is missing.',
  ),
  GB_ARTIFACT_BROKEN: clusterLasting(
    'Stored bytes are not those of their hash.',
    'They were changed or cut on their way or in the store; they are never used.',
    'Upload them again: the right bytes take the place of the broken ones.',
  ),
  GB_RUN_LEFT: clusterLasting(
    'The command ended before its run.',
    'Ctrl-C leaves a run on the cluster, where it goes on; its result waits there.',
    '`gobool run tail <run>` shows it and keeps its result, `gobool run cancel <run>` ends it.',
  ),
  GB_KEY_INVALID: authentication(
    'The API key is not known.',
    'It is missing, mistyped, expired or revoked, or it belongs to another cluster.',
    'Use a key of this cluster; `gobool cluster up` makes the first one.',
  ),
  GB_KEY_SCOPE: authentication(
    'The API key may not do this.',
    'A key has scopes: submit, read, admin. This request needs another one, or the run belongs to another key.',
    'Use a key that has the scope.',
  ),
  GB_REQUEST_INVALID: usage(
    'A request to the gateway does not have the shape it should have.',
    'A field or header is missing, or it has another type.',
    'See that program and cluster are of the same version.',
  ),
  GB_REQUEST_TOO_LARGE: usage(
    'A request to the gateway is too large.',
    'Artifacts have 64 MB at most, everything else 256 kB.',
    'Send less: a shorter time range, fewer feeds.',
  ),
  GB_REQUEST_UNKNOWN: usage(
    'The gateway does not know this address.',
    'No route has this method and path.',
    'See that program and cluster are of the same version.',
  ),
  GB_RATE_LIMIT: cluster(
    'The API key asks for too much at once.',
    'Requests per second and open streams of one key are limited, so that others are served too.',
    'Wait a moment, then run the command again.',
  ),
  GB_PENDING_LIMIT: cluster(
    'The API key has too many tasks that are not over.',
    'How many tasks of one key may wait or run is limited, so that nobody fills the queue of all.',
    'Wait until some are done: `gobool queue ls`; or cancel a run: `gobool run cancel <run>`.',
  ),
  GB_RUN_GOING: usage(
    'A run that is not over cannot be retried.',
    'Its tasks still wait or run; only a run that has ended is submitted again.',
    'Wait for its end, or end it: `gobool run cancel <run>`.',
  ),
  GB_CASE_UNKNOWN: usage(
    'The error hospital does not have this case.',
    'No case has this id, or it belongs to a run of another key.',
    'List them: `gobool hospital ls`.',
  ),
  GB_KEY_UNKNOWN: usage(
    'The cluster does not have this API key.',
    'It never had it, or it was revoked before.',
    'List them: `gobool key ls`.',
  ),
  GB_RUN_UNKNOWN: usage(
    'The cluster does not know this run.',
    'No run with this id was accepted.',
    'List them: `gobool run ls --cluster`.',
  ),
  GB_SERVICE_AWAY: cluster(
    'A service of the cluster is not there.',
    'No replica of it answers; nothing that was accepted is lost.',
    'Check it with `gobool cluster status`, then run the command again.',
  ),
  GB_CLUSTER_UNREACHABLE: cluster(
    'The gateway of the cluster does not answer.',
    'It is down, the address is wrong, or what answers there is no gateway of this version.',
    'Check it with `gobool cluster status`, start it with `gobool cluster up`, then run the command again.',
  ),
  GB_EXECUTOR_OFF: usage(
    'Strategies may not run in this process.',
    'GOBOOL_LOCAL_EXECUTOR=off was set, so that nothing runs here by accident.',
    'Add `--cluster`, or unset the variable.',
  ),
  GB_SANDBOX_UNAVAILABLE: clusterLasting(
    'This machine cannot isolate the code of strategies.',
    'Workers run every task in a bubblewrap sandbox, which needs its program and user namespaces of the Linux kernel.',
    'Debian and Ubuntu: `apt install bubblewrap`; in a container, allow user namespaces. Where all strategies are ' +
      'your own: `gobool worker start --unsafe-no-sandbox`.',
  ),
  GB_SANDBOX_EXIT: strategy(
    'The process of a task ended before the task did.',
    'The strategy ended it or made it crash, or somebody on the machine ended it.',
    'Run the strategy with `gobool backtest` on one machine: what is wrong shows there.',
  ),
  GB_SANDBOX_PROTOCOL: strategy(
    'A task did what no strategy does.',
    'It started processes, wrote around its result, or gave a result of an impossible shape. It was ended.',
    'See what else the strategy or a package that it imports does, beside trading.',
  ),
  GB_RUN_TOO_LARGE: usage(
    'A run has too many tasks.',
    'A sweep is cut into slices, and their number is limited: each is kept, scheduled and shown.',
    'Put more sets into a slice, or split the sweep.',
  ),
  GB_RUN_OTHER_PAYLOAD: usage(
    'Something else was submitted under the id of a run.',
    'An idempotency key stands for one submission: the run that has it goes on as it was, the other one is refused.',
    'Submit it under another idempotency key.',
  ),
  GB_TASK_WORKERS_LOST: cluster(
    'Workers vanished again and again under one task.',
    'Each of them lost its lease or ended while it ran the task, so that it was given up.',
    'Look for what ends workers: `gobool cluster status`; then run the command again.',
  ),
  GB_DEADLINE_PASSED: clusterLasting(
    'A run was not over by its deadline.',
    'It was submitted with a time by which it has to be over; what it had left to do was dropped.',
    'Submit it again with a later deadline, or a higher priority; `gobool queue ls` shows what goes first.',
  ),
  GB_DELIVERY_FAILED: cluster(
    'Somebody outside could not be told what they wait for.',
    'A callback or webhook got no answer 2xx within 5 s, nor when it was tried again.',
    'See that the address answers, then `gobool hospital retry <case>`.',
  ),
});
