/** What may be uploaded: for the server that checks and for the page that asks. */

/** Bytes of one file. */
export const FILE_LIMIT = 20 * 1024 * 1024;

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** Accepted kinds by the extension that their files get, with the type they are served as. */
export const KINDS = {
  pdf: 'application/pdf',
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  pptx: `${OFFICE}.presentationml.presentation`,
  png: 'image/png',
  jpg: 'image/jpeg',
} as const;

export type Kind = keyof typeof KINDS;

/** How the browser sends a file: itself as the body, its name beside it. */
export const UPLOAD_TYPE = 'application/octet-stream';
