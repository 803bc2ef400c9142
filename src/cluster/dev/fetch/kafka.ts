/** The broker, which is its own controller. */
import { MAVEN } from './clients.ts';
import type { JvmEngine } from './jvm-engine.ts';

export const kafkaJars: JvmEngine = {
  name: 'kafka',
  variable: 'GOBOOL_KAFKA',
  mainJar: /^kafka_2\.13-([\d.]+)\.jar$/,
  source: {
    label: 'Kafka',
    client: MAVEN,
    megabytes: 60,
    instead: "let GOBOOL_KAFKA name the folder of Kafka's own download",
  },
};
