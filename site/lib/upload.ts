import { FILE_LIMIT, KINDS, UPLOAD_TYPE } from '../../api/files/contract.ts';
import { ApiProblem, problemOf } from './api.ts';

/** For the file dialog; a .jpeg is a .jpg. */
export const ACCEPT = [...Object.keys(KINDS), 'jpeg'].map((kind) => `.${kind}`).join(',');
export const LIMIT_MB = FILE_LIMIT / 1024 / 1024;

const OLD_KINDS = ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'];

/** What can be told before anything is sent: a phone need not send 20 MB to learn it. */
export function faultOf({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  if (size === 0) return '这个文件里没有内容；请确认选对了文件。';
  if (size > FILE_LIMIT) {
    return `每个文件最多 ${LIMIT_MB} MB；请压缩图片或拆成几个文件后再上传。`;
  }
  if (OLD_KINDS.includes(extension)) return '这是旧格式；请另存为 .docx、.xlsx 或 .pptx 再上传。';
  if (extension !== 'jpeg' && !Object.hasOwn(KINDS, extension)) {
    return '只接受 PDF、Word（.docx）、Excel（.xlsx）、PPT（.pptx）、PNG 和 JPG。';
  }
  return undefined;
}

/** From 0 to 1. */
type OnProgress = (share: number) => void;

/**
 * Sends a file as the body itself; the same file under the same name twice is once.
 * @param path e.g. /api/salons/fuping/actions/…/attachments
 * @param signal stops it
 * @returns what the server says of it
 * @throws {ApiProblem} for a refusal, or when there was no answer
 */
export async function sendFile<T>(
  path: string,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<T> {
  const url = `${path}?${new URLSearchParams({ name: file.name })}`;
  const answer = await answerOf(url, file, onProgress, signal);
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

const unanswered = (): ApiProblem =>
  new ApiProblem({
    code: 'offline',
    status: 0,
    title: '没有传完',
    detail: '多半是网络断了。连上网络后按“重新上传”。',
  });

/** As `fetch` does, which cannot tell how much of a body has gone. */
function answerOf(
  url: string,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Response> {
  const request = new XMLHttpRequest();
  const answer = new Promise<Response>((resolve, reject) => {
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      const headers = { 'retry-after': request.getResponseHeader('retry-after') ?? '' };
      resolve(new Response(responseText, { status, headers }));
    });
    for (const end of ['error', 'abort', 'timeout']) {
      request.addEventListener(end, () => reject(unanswered()));
    }
  });
  signal.addEventListener('abort', () => request.abort());
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
  request.open('POST', url);
  request.setRequestHeader('content-type', UPLOAD_TYPE);
  request.send(file);
  return answer;
}
