import { useEffect, useRef, useState } from 'preact/hooks';
import { faultOf as attachmentFault, sendFile } from '../../lib/upload.ts';
import { asProblem } from './problem.tsx';

interface Props<T> {
  readonly path: string;
  readonly file: File;
  /** It is no longer to be shown. */
  readonly drop: () => void;
  /** It has arrived, and this is what the server says of it. */
  readonly done: (answer: T) => void;
  /** What can be told before it is sent; of an attachment unless said otherwise. */
  readonly faultOf?: (file: File) => string | undefined;
}

type State =
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'failed'; readonly why: string; readonly again: boolean };

/** One file on its way, with how much of it is there, and what went wrong. */
export function Sending<T>({ path, file, drop, done, faultOf = attachmentFault }: Props<T>) {
  const [shown, setShown] = useState<State>({ state: 'sending', share: 0 });
  const stop = useRef(new AbortController());
  const start = async () => {
    const fault = faultOf(file);
    if (fault) return setShown({ state: 'failed', why: fault, again: false });
    stop.current = new AbortController();
    const { signal } = stop.current;
    setShown({ state: 'sending', share: 0 });
    try {
      const tell = (share: number) => setShown({ state: 'sending', share });
      done(await sendFile<T>(path, file, tell, signal));
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
