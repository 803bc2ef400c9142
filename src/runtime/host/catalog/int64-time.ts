/**
 * Epoch milliseconds between float64, which the runtime counts in, and int64, which Arrow stores. Works on the two
 * halves of each number: BigInt would be twenty times slower. Little-endian machines only, as all that run Node are.
 */
const TWO_32 = 4_294_967_296;

/** The int64 form of whole numbers below 2^53 in size. */
export function int64FromFloat64(values: Float64Array): Int32Array<ArrayBuffer> {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    halves[2 * i] = value;
    halves[2 * i + 1] = Math.floor(value / TWO_32);
  }
  return halves;
}

/** Turns int64 into float64 in the same bytes, so that no memory is touched twice. */
export function float64FromInt64InPlace(bytes: Uint8Array): Float64Array {
  const length = bytes.byteLength / 8;
  const halves = new Int32Array(bytes.buffer, bytes.byteOffset, length * 2);
  const values = new Float64Array(bytes.buffer, bytes.byteOffset, length);
  for (let i = 0; i < length; i++) {
    values[i] = (halves[2 * i + 1] as number) * TWO_32 + ((halves[2 * i] as number) >>> 0);
  }
  return values;
}
