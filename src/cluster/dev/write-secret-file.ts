/** Writes a file that nobody but its owner can read, at no moment; also where it was there before with another mode. */
import { writeFileAtomic } from '../../runtime/host/files.ts';

export const writeSecretFile = (file: string, text: string): void => writeFileAtomic(file, [Buffer.from(text)], 0o600);
