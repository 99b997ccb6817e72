import { FILE_LIMIT, KINDS, UPLOAD_TYPE } from '../../../../api/files/contract.ts';
import { ApiProblem, problemOf } from '../../../lib/api.ts';

/** For the file dialog; a .jpeg is a .jpg. */
export const ACCEPT = [...Object.keys(KINDS), 'jpeg'].map((kind) => `.${kind}`).join(',');

/** What can be told before anything is sent: a phone need not send 20 MB to learn it. */
export function faultOf({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  if (size === 0) return '这个文件里没有内容；请确认选对了文件。';
  if (size > FILE_LIMIT) return '每个文件最多 20 MB；请压缩图片或拆成几个文件后再上传。';
  if (['doc', 'xls', 'ppt', 'wps', 'et', 'dps'].includes(extension)) {
    return '这是旧格式；请另存为 .docx、.xlsx 或 .pptx 再上传。';
  }
  if (extension !== 'jpeg' && !Object.hasOwn(KINDS, extension)) {
    return '只接受 PDF、Word（.docx）、Excel（.xlsx）、PPT（.pptx）、PNG 和 JPG。';
  }
  return undefined;
}

const BROKEN = new ApiProblem({
  code: 'offline',
  status: 0,
  title: '没有传完',
  detail: '多半是网络断了。连上网络后按“重新上传”。',
});

/**
 * Sends a file as the body itself; the same file under the same name twice is once.
 * @param progress told the share that is sent, 0 to 1
 * @param signal stops it
 * @throws {ApiProblem}
 */
export function upload(
  path: string,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', `${path}?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader('content-type', UPLOAD_TYPE);
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(loaded / total));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) return resolve();
      const headers = { 'retry-after': request.getResponseHeader('retry-after') ?? '' };
      problemOf(new Response(responseText, { status, headers })).then(reject, reject);
    });
    request.addEventListener('error', () => reject(BROKEN));
    request.addEventListener('abort', () => reject(BROKEN));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
