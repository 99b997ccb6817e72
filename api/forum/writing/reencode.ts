import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { Refused } from '../../core/refused.ts';
import { FORUM } from '../refusals.ts';

/** Bytes that come in. */
export const PICTURE_SIZE = 15 * 1024 * 1024;
/** Pixels of a side that goes out; more no screen shows beside a text. */
const LONGEST_SIDE = 2000;
/** Pixels that are decoded at most, as in files/images.ts. */
const PIXELS = 50_000_000;
const KINDS = ['png', 'apng', 'jpg', 'webp', 'gif'];
const QUALITY = 82;

export interface Reencoded {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** One decoded picture may take 200 MB. */
let last: Promise<unknown> = Promise.resolve();
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work);
  last = next.catch(() => undefined);
  return next;
}

async function encode(bytes: Buffer): Promise<Reencoded> {
  // Of moving pictures the first frame. Metadata is left behind unless asked for.
  const given = sharp(bytes, { limitInputPixels: PIXELS, failOn: 'truncated', pages: 1 });
  const upright = given.autoOrient().resize(LONGEST_SIDE, LONGEST_SIDE, {
    fit: 'inside',
    withoutEnlargement: true,
  });
  // Once into memory: whether it is opaque is asked of every pixel.
  const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const plain = () => sharp(data, { raw: { width, height, channels } });
  const opaque = channels < 4 ? channels !== 2 : (await plain().stats()).isOpaque;
  const out = opaque
    ? plain().flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY })
    : plain().png();
  return { bytes: await out.toBuffer(), width, height };
}

/**
 * Makes a new picture of one that was uploaded: upright, no larger than needed, without where and
 * by what it was taken, and without whatever else its file held.
 * @throws {Refused} pictureWrongKind, pictureUnreadable
 */
export async function reencode(bytes: Buffer): Promise<Reencoded> {
  const kind = (await fileTypeFromBuffer(bytes))?.ext ?? '';
  if (!KINDS.includes(kind)) throw new Refused(FORUM.pictureWrongKind);
  return oneAtATime(() =>
    encode(bytes).catch(() => {
      throw new Refused(FORUM.pictureUnreadable);
    }),
  );
}
