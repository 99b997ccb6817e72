import { useRef, useState } from 'preact/hooks';
import { ask } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { attachmentUrl, sessionApi } from './read.ts';
import { Sending } from './Sending.tsx';
import type { PartProps } from './SessionPage.tsx';
import { ACCEPT } from './upload.ts';
import { sizeInWords } from './words.ts';

/** Files of the session, to be saved; chair and host add and remove them. */
export function Attachments({ param, session: { attachments, may }, reload }: PartProps) {
  const [files, setFiles] = useState<readonly { readonly key: number; readonly file: File }[]>([]);
  const lastKey = useRef(0);
  const path = `/api/salons/${param.salon}/sessions/${param.number}/attachments`;
  return (
    <>
      {attachments.length > 0 && (
        <ul class="plain rows">
          {attachments.map(({ id, name, size, unit }) => (
            <li key={id}>
              <span>
                <a class="meeting-link" href={attachmentUrl(param, id)} download={name}>
                  {name}
                </a>
                <small>
                  {sizeInWords(size)} · {unit}
                </small>
              </span>
              {may.prepare && (
                <ActionButton
                  confirm={`撤下“${name}”？`}
                  act={async () => {
                    const one = sessionApi.attachments[':attachment'];
                    await ask(one.$delete({ param: { ...param, attachment: id } }));
                    reload();
                  }}
                >
                  撤下
                </ActionButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul class="plain rows">
          {files.map(({ key, file }) => (
            <Sending
              key={key}
              path={path}
              file={file}
              drop={() => setFiles((all) => all.filter((one) => one.key !== key))}
              done={reload}
            />
          ))}
        </ul>
      )}
      {may.prepare && (
        <div class="field file-field">
          <label for="attach">上传文件</label>
          <p class="hint" id="attach-hint">
            PDF、Word、Excel、PPT、PNG 或 JPG，每个最多 20 MB。参会的人和嘉宾都能下载。
          </p>
          <input
            id="attach"
            type="file"
            multiple
            accept={ACCEPT}
            aria-describedby="attach-hint"
            onChange={({ currentTarget }) => {
              const chosen = [...(currentTarget.files ?? [])].map((file) => {
                lastKey.current += 1;
                return { key: lastKey.current, file };
              });
              setFiles((all) => [...all, ...chosen]);
              currentTarget.value = '';
            }}
          />
        </div>
      )}
    </>
  );
}
