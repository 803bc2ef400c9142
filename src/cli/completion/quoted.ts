/** A word that bash and zsh take as it is: plain where it can be, else in quotes. */
export function quoted(word: string): string {
  return /^[\w./,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
