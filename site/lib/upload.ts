import { UPLOAD_TYPE } from '../../api/files/contract.ts';
import { ask } from './api.ts';

/** From 0 to 1. */
export type OnProgress = (share: number) => void;

/**
 * Sends a file as it is, telling how much of it has gone, which `fetch` cannot.
 * @param path e.g. /api/salons/fuping/actions/…/attachments
 * @throws {ApiProblem} for a refusal, or when there was no answer
 */
export async function sendFile(path: string, file: File, onProgress: OnProgress): Promise<void> {
  await ask(answerOf(`${path}?name=${encodeURIComponent(file.name)}`, file, onProgress));
}

function answerOf(url: string, file: File, onProgress: OnProgress): Promise<Response> {
  const request = new XMLHttpRequest();
  const answer = new Promise<Response>((answered, unanswered) => {
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = new Headers(retryAfter ? { 'retry-after': retryAfter } : {});
      answered(new Response(responseText, { status, headers }));
    });
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, unanswered);
  });
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
  request.open('POST', url);
  request.setRequestHeader('content-type', UPLOAD_TYPE);
  request.send(file);
  return answer;
}
