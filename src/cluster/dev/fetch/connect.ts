/** The Connect worker and its one plugin, the MongoDB sink. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { MAVEN } from './clients.ts';
import type { JvmEngine } from './jvm-engine.ts';

const PLUGIN = 'mongodb';

export const connectJars: JvmEngine = {
  name: 'connect',
  variable: 'GOBOOL_CONNECT',
  mainJar: /^connect-runtime-([\d.]+)\.jar$/,
  source: {
    label: 'Kafka Connect',
    client: MAVEN,
    megabytes: 20,
    instead: "let GOBOOL_CONNECT name the same folder of another machine's cache",
  },
  pluginOf: path => (path.includes('/mongo-kafka-connect/') ? PLUGIN : undefined),
  finish: declarePlugin,
};

/** The plugin's jar does not say what it provides, and scanning it would take Connect 10 s at every start. */
function declarePlugin(folder: string): void {
  const services = {
    'META-INF/services/org.apache.kafka.connect.sink.SinkConnector': 'com.mongodb.kafka.connect.MongoSinkConnector\n',
    'META-INF/services/org.apache.kafka.connect.source.SourceConnector':
      'com.mongodb.kafka.connect.MongoSourceConnector\n',
  };
  const entries = Object.fromEntries(Object.entries(services).map(([path, text]) => [path, strToU8(text)]));
  writeFileSync(join(folder, 'plugins', PLUGIN, 'services.jar'), zipSync(entries, { mtime: '1980-01-01' }));
}
