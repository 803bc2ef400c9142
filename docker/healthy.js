/** The health check of the image: asks the service at the port that its settings name. Exit code 0: it is well. */
import { readFileSync } from 'node:fs';

const { port } = JSON.parse(readFileSync(process.env.GOBOOL_SETTINGS, 'utf8'));
const { ok } = await fetch(`http://127.0.0.1:${port}/health`);
process.exit(ok ? 0 : 1);
