import { ApiProblem, api, problemOf } from '../../../lib/api.ts';
import { sizeInWords } from '../../../lib/size.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import type { VisitProps } from './Visit.tsx';

/** Files, fetched with the pass and handed to the browser: a pass must not be in an address. */
export function VisitFiles({ pass, visit }: VisitProps) {
  return (
    <ul class="plain rows">
      {visit.session.attachments.map(({ id, name, size, unit }) => (
        <li key={id}>
          <span>
            <strong>{name}</strong>
            <small>
              {sizeInWords(size)} · {unit}
            </small>
          </span>
          <ActionButton act={async () => save(await fetchFile(pass, id), name)}>下载</ActionButton>
        </li>
      ))}
    </ul>
  );
}

async function fetchFile(pass: string, attachment: string): Promise<Blob> {
  const json = { pass, attachment };
  const response = await api['guest-visits'].attachment.$post({ json }).catch(() => {
    throw new ApiProblem({
      code: 'offline',
      status: 0,
      title: '没能连上',
      detail: '多半是网络断了。连上网络后再按一次。',
    });
  });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
