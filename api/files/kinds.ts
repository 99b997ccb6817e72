import { fileTypeFromBuffer } from 'file-type';
import { Refused } from '../core/refused.ts';
import type { Kind } from './contract.ts';
import { checkSize, jpegSize, pngSize } from './images.ts';
import { checkOffice } from './office.ts';
import { checkPdf } from './pdf.ts';
import { FILES } from './refusals.ts';

const ZIP = Buffer.from('PK\u0003\u0004');

/**
 * Which accepted kind a file is, by its content alone: what it is called and what the browser says
 * of it decide nothing.
 *
 * A file can be two things at once (a page in front of a PDF's objects, a zip behind a picture);
 * not all of that can be seen. It cannot run from here: files are served as attachments, under their
 * own kind's type, with nosniff and a sandbox (serve.ts).
 * @throws {Refused} one of FILES
 */
export async function readKind(bytes: Buffer): Promise<Kind> {
  if (bytes.length === 0) throw new Refused(FILES.fileEmpty);
  // Which office file a zip is, its directory says; the library looks at the parts from the front
  // and gives up before a list of contents that stands last.
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) return checkOffice(bytes);
  switch ((await fileTypeFromBuffer(bytes))?.ext) {
    case 'pdf':
      checkPdf(bytes);
      return 'pdf';
    case 'png':
    case 'apng':
      checkSize(pngSize(bytes));
      return 'png';
    case 'jpg':
      checkSize(jpegSize(bytes));
      return 'jpg';
    case 'cfb':
      throw new Refused(FILES.fileOldOffice);
    default:
      throw new Refused(FILES.fileWrongKind);
  }
}
