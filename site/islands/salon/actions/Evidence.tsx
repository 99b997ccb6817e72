import { sizeInWords } from '../../../lib/size.ts';
import { dayInWords } from '../../kit/time.ts';
import { Upload } from '../../kit/Upload.tsx';
import type { Place } from '../place.tsx';
import type { ActionItem } from './read.ts';

interface Props {
  readonly place: Place;
  readonly item: ActionItem;
  readonly reload: () => void;
}

/** Files that show the work; added by whoever works on the item. */
export function Evidence({ place, item: { id, attachments, mayWork }, reload }: Props) {
  const path = `/api/salons/${place.slug}/actions/${id}/attachments`;
  if (attachments.length === 0 && !mayWork) return null;
  return (
    <section aria-labelledby="evidence">
      <h3 id="evidence">办理佐证</h3>
      {attachments.length > 0 && (
        <ul class="plain files">
          {attachments.map((file) => (
            <li key={file.id}>
              <a href={`${path}/${file.id}`} download={file.name}>
                {file.name}
              </a>
              <small>
                {sizeInWords(file.size)}　{file.unit}　{dayInWords(file.at)}
              </small>
            </li>
          ))}
        </ul>
      )}
      {mayWork && <Upload label="上传佐证" path={path} done={reload} />}
    </section>
  );
}
