import { ask } from '../../../lib/api.ts';
import { sizeInWords } from '../../../lib/size.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Upload } from '../../kit/Upload.tsx';
import { attachmentUrl, sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';

/** Files of the session, to be saved; chair and host add and remove them. */
export function Attachments({ param, session: { attachments, may }, reload }: PartProps) {
  const path = `/api/salons/${param.salon}/sessions/${param.number}/attachments`;
  return (
    <>
      {attachments.length > 0 && (
        <ul class="plain rows">
          {attachments.map(({ id, name, size, unit }) => (
            <li key={id}>
              <span>
                <a class="tap-link" href={attachmentUrl(param, id)} download={name}>
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
      {may.prepare && (
        <Upload label="上传文件" hint="参会的人和嘉宾都能下载。" path={path} done={reload} />
      )}
    </>
  );
}
