/** 1 January 1980, 0:00, the first moment a zip can name. */
const TIME = 0;
const DATE = (1 << 5) | 1;
const END_LENGTH = 22;

/**
 * Gives every entry of a zip the same time, so that the same minutes make the same bytes.
 * @param zip without a comment, as the library packs it; changed in place
 */
export function stamp(zip: Buffer): Buffer {
  const end = zip.length - END_LENGTH;
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const local = zip.readUInt32LE(at + 42);
    for (const place of [local + 10, at + 12]) {
      zip.writeUInt16LE(TIME, place);
      zip.writeUInt16LE(DATE, place + 2);
    }
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
