import { useEffect, useRef } from 'preact/hooks';
import { ApiProblem } from '../../lib/api.ts';
import { mustSignIn, signInPath } from '../../lib/session.ts';

/** What became of the last try, for the person to read. */
export function ProblemNote({ problem }: { problem: ApiProblem | undefined }) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.scrollIntoView({ block: 'nearest' }), [problem]);
  if (!problem) return null;
  return (
    <div class="notice problem" role="alert" ref={note}>
      <p>
        <strong>{problem.title}。</strong>
        {problem.detail}
        {problem.retryAfter ? `请在 ${wait(problem.retryAfter)}后再试。` : ''}
      </p>
    </div>
  );
}

const wait = (seconds: number): string =>
  seconds < 90 ? ` ${Math.ceil(seconds)} 秒` : ` ${Math.ceil(seconds / 60)} 分钟`;

/** Any error as something to show; an expired session leads to signing in and back. */
export function asProblem(error: unknown): ApiProblem {
  if (mustSignIn(error)) location.assign(signInPath());
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem({
    code: 'page',
    status: 0,
    title: '页面出错',
    detail: '请刷新页面再试；若一直这样，请告诉管理员。',
  });
}
