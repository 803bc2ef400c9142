/** `api-key`, mode 0600: the first key of the cluster's gateway, by which the CLI of this project is known to it. */
import { apiKeyFile } from '../cluster-folder.ts';
import { writeSecretFile } from '../write-secret-file.ts';
import { readText } from './cluster-record.ts';

/** Undefined before the gateway was ever healthy. Throws `GB_PERMISSION`. */
export const readApiKey = (dir: string): string | undefined => readText(apiKeyFile(dir))?.trim();

export const writeApiKey = (dir: string, key: string): void => writeSecretFile(apiKeyFile(dir), `${key}\n`);
