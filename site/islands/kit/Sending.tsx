import { useEffect, useRef, useState } from 'preact/hooks';
import { faultOf, sendFile } from '../../lib/upload.ts';
import { asProblem } from './problem.tsx';

interface Props {
  readonly path: string;
  readonly file: File;
  /** It is no longer to be shown. */
  readonly drop: () => void;
  /** It has arrived. */
  readonly done: () => void;
}

type State =
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'failed'; readonly why: string; readonly again: boolean };

/** One file on its way, with how much of it is there, and what went wrong. */
export function Sending({ path, file, drop, done }: Props) {
  const [shown, setShown] = useState<State>({ state: 'sending', share: 0 });
  const stop = useRef(new AbortController());
  const start = async () => {
    const fault = faultOf(file);
    if (fault) return setShown({ state: 'failed', why: fault, again: false });
    stop.current = new AbortController();
    const { signal } = stop.current;
    setShown({ state: 'sending', share: 0 });
    try {
      await sendFile(path, file, (share) => setShown({ state: 'sending', share }), signal);
      done();
      drop();
    } catch (error) {
      if (signal.aborted) return;
      const { title, detail, status } = asProblem(error);
      const again = status === 0 || status === 429 || status >= 500;
      setShown({ state: 'failed', why: `${title}。${detail}`, again });
    }
  };
  useEffect(() => {
    start();
    return () => stop.current.abort();
  }, []);
  return (
    <li>
      <span>
        <strong>{file.name}</strong>
        {shown.state === 'sending' ? (
          <>
            <progress max={1} value={shown.share} aria-label={`正在上传 ${file.name}`} />
            <small>{shown.share < 1 ? `${Math.floor(shown.share * 100)}%` : '正在核对内容…'}</small>
          </>
        ) : (
          <span class="field-error" role="alert">
            {shown.why}
          </span>
        )}
      </span>
      <span class="action">
        {shown.state === 'failed' && shown.again && (
          <button class="button" type="button" onClick={start}>
            重新上传
          </button>
        )}
        <button class="button" type="button" onClick={drop}>
          {shown.state === 'sending' ? '停止' : '知道了'}
        </button>
      </span>
    </li>
  );
}
