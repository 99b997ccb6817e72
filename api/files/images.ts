import { crc32 } from 'node:zlib';
import { Refused } from '../core/refused.ts';
import { FILES } from './refusals.ts';

/** Pixels. */
export const SIDE_LIMIT = 12_000;
export const AREA_LIMIT = 50_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture's dimensions that a phone can open.
 * @throws {Refused} fileUnreadable without any, fileImageTooLarge
 */
export function checkSize(size: Size | undefined): void {
  if (!size || size.width === 0 || size.height === 0) throw new Refused(FILES.fileUnreadable);
  const { width, height } = size;
  if (Math.max(width, height) > SIDE_LIMIT || width * height > AREA_LIMIT) {
    throw new Refused(FILES.fileImageTooLarge);
  }
}

/** @returns undefined unless all chunks from IHDR to IEND are there and whole */
export function pngSize(bytes: Buffer): Size | undefined {
  let size: Size | undefined;
  let pixels = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const checked = bytes.subarray(at + 4, end - 4);
    if (crc32(checked) !== bytes.readUInt32BE(end - 4)) return undefined;
    const type = checked.toString('latin1', 0, 4);
    // IHDR is first, once, and 13 bytes long.
    if ((type === 'IHDR') !== (size === undefined)) return undefined;
    if (type === 'IHDR') {
      if (checked.length !== 17) return undefined;
      size = { width: checked.readUInt32BE(4), height: checked.readUInt32BE(8) };
    }
    if (type === 'IDAT') pixels = true;
    if (type === 'IEND') return pixels ? size : undefined;
    at = end;
  }
  return undefined;
}

const SCAN = 0xda;
const END = Buffer.from([0xff, 0xd9]);
/** Frame headers; C4, C8 and CC among them are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** @returns undefined unless there is a frame, then a scan, then an end; makers write on behind it */
export function jpegSize(bytes: Buffer): Size | undefined {
  let size: Size | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === SCAN) return bytes.lastIndexOf(END) > at ? size : undefined;
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return undefined;
    if (isFrame(marker)) {
      if (length < 8) return undefined;
      size = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    }
    at += 2 + length;
  }
  return undefined;
}
