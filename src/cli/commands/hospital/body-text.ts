/** Bytes of whatever fell ill, for a person: JSON in lines, text as it is, anything else as a hex dump. */
const CHARACTERS_MAX = 4_000;
const DUMP_BYTES_MAX = 256;
const DUMP_COLUMNS = 16;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal must not get
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/;

/** `body`: base64. */
export function bodyText(body: string): string {
  const bytes = Buffer.from(body, 'base64');
  const text = bytes.toString('utf8');
  const isText = !UNPRINTABLE.test(text);
  const whole = isText ? indented(text) : hexDump(bytes.subarray(0, DUMP_BYTES_MAX));
  const isCut = isText ? whole.length > CHARACTERS_MAX : bytes.length > DUMP_BYTES_MAX;
  return isCut ? `${whole.slice(0, CHARACTERS_MAX)}\n… of ${bytes.length} bytes; --json has all` : whole;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** `00000010  7b 22 76 22 3a 31 7d                             {"v":1}` */
function hexDump(bytes: Buffer): string {
  const starts = Array.from({ length: Math.ceil(bytes.length / DUMP_COLUMNS) }, (_, line) => line * DUMP_COLUMNS);
  return starts
    .map(start => {
      const part = bytes.subarray(start, start + DUMP_COLUMNS);
      const hex = [...part].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
      const text = part.toString('latin1').replaceAll(/[^ -~]/g, '.');
      return `${start.toString(16).padStart(8, '0')}  ${hex.padEnd(3 * DUMP_COLUMNS - 1)}  ${text}`;
    })
    .join('\n');
}
