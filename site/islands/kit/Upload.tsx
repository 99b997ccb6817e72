import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { FILE_LIMIT, KINDS } from '../../../api/files/contract.ts';
import { ApiProblem } from '../../lib/api.ts';
import type { OnProgress } from '../../lib/upload.ts';
import { asProblem, ProblemNote } from './problem.tsx';

interface Props {
  /** What the files are, e.g. 上传办理佐证. */
  readonly label: string;
  /** Takes in one file; see `sendFile`. */
  readonly send: (file: File, onProgress: OnProgress) => Promise<void>;
}

interface Going {
  readonly file: File;
  readonly share: number;
}

const ACCEPT = Object.keys(KINDS)
  .map((kind) => `.${kind}`)
  .concat('.jpeg')
  .join();
const LIMIT_MB = FILE_LIMIT / 1024 / 1024;

/** Chooses files and sends them one after another, each with its progress; a failed one again. */
export function Upload({ label, send }: Props) {
  const id = useId();
  const [going, setGoing] = useState<Going>();
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<ApiProblem>();
  const [said, setSaid] = useState('');

  async function sendAll(files: readonly File[]): Promise<void> {
    setProblem(undefined);
    setSaid('');
    for (const [index, file] of files.entries()) {
      setWaiting(files.slice(index));
      setGoing({ file, share: 0 });
      try {
        if (file.size > FILE_LIMIT) throw tooLarge(file);
        await send(file, (share) => setGoing({ file, share }));
      } catch (error) {
        setProblem(asProblem(error));
        setGoing(undefined);
        return;
      }
    }
    setGoing(undefined);
    setWaiting([]);
    setSaid(files.length > 1 ? `${files.length} 个文件已传好。` : '文件已传好。');
  }
  const choose = ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement>) => {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = '';
    if (files.length > 0) sendAll(files);
  };
  return (
    <div class="field upload">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        PDF、Word、Excel、PPT 或图片，每个不超过 {LIMIT_MB} MB，可以一次选几个。
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPT}
        aria-describedby={`${id}-hint`}
        disabled={going !== undefined}
        onChange={choose}
      />
      {going && <Progress going={going} />}
      <p role="status">{said}</p>
      <ProblemNote problem={problem} />
      {problem && waiting[0] && (
        <div class="bar">
          <button class="button" type="button" onClick={() => sendAll(waiting)}>
            再传一次：{waiting[0].name}
          </button>
          {waiting.length > 1 && (
            <button class="button" type="button" onClick={() => sendAll(waiting.slice(1))}>
              跳过它，传其余 {waiting.length - 1} 个
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Progress({ going: { file, share } }: { going: Going }) {
  const percent = Math.floor(share * 100);
  return (
    <p class="upload-going">
      <span>
        {file.name}　{percent < 100 ? `已传 ${percent}%` : '已传完，正在核对…'}
      </span>
      <progress max={100} value={percent} aria-label={`正在上传 ${file.name}`} />
    </p>
  );
}

const tooLarge = (file: File): ApiProblem =>
  new ApiProblem({
    code: 'fileTooLarge',
    status: 413,
    title: `“${file.name}”太大`,
    detail: `每个文件最多 ${LIMIT_MB} MB；请压缩图片或拆成几个文件后再上传。`,
  });
