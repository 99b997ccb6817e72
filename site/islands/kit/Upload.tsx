import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { ACCEPT, LIMIT_MB } from '../../lib/upload.ts';
import { Sending } from './Sending.tsx';

interface Props {
  /** What the files are, e.g. 上传佐证. */
  readonly label: string;
  /** Who will see them. */
  readonly hint?: string;
  /** Takes them in; see `sendFile`. */
  readonly path: string;
  /** One of them has arrived. */
  readonly done: () => void;
}

interface Chosen {
  readonly key: number;
  readonly file: File;
}

/** Chooses files and sends them, each with its own progress, its own fault and its own way on. */
export function Upload({ label, hint = '', path, done }: Props) {
  const id = useId();
  const lastKey = useRef(0);
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [arrived, setArrived] = useState(0);
  const choose = ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement>) => {
    const chosen = [...(currentTarget.files ?? [])].map((file) => {
      lastKey.current += 1;
      return { key: lastKey.current, file };
    });
    setFiles((all) => [...all, ...chosen]);
    setArrived(0);
    currentTarget.value = '';
  };
  const drop = (key: number) => setFiles((all) => all.filter((one) => one.key !== key));
  return (
    <div class="upload">
      {files.length > 0 && (
        <ul class="plain rows">
          {files.map(({ key, file }) => (
            <Sending
              key={key}
              path={path}
              file={file}
              drop={() => drop(key)}
              done={() => {
                setArrived((count) => count + 1);
                done();
              }}
            />
          ))}
        </ul>
      )}
      <p role="status">{inWords(arrived)}</p>
      <div class="field">
        <label for={id}>{label}</label>
        <p class="hint" id={`${id}-hint`}>
          PDF、Word、Excel、PPT、PNG 或 JPG，每个最多 {LIMIT_MB} MB，可以一次选几个。{hint}
        </p>
        <input
          id={id}
          type="file"
          multiple
          accept={ACCEPT}
          aria-describedby={`${id}-hint`}
          onChange={choose}
        />
      </div>
    </div>
  );
}

const inWords = (arrived: number): string => {
  if (arrived === 0) return '';
  return arrived > 1 ? `${arrived} 个文件已传好。` : '文件已传好。';
};
