import { useEffect, useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { asProblem, ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { publishedUrl } from '../links.ts';
import type { Place } from '../place.tsx';

const build = api.salons[':salon']['site-build'];
const look = (salon: string) => ask(build.$get({ param: { salon } }));
type State = Awaited<ReturnType<typeof look>>;

/** In milliseconds. */
const EVERY = 1500;

/** 发布到网页: how far the pages are, and what became of it. */
export function SiteBuild({ place: { slug }, number }: { place: Place; number: number }) {
  const [state, setState] = useState<State>();
  const [asked, setAsked] = useState(false);
  const { busy, problem, attempt } = useTry();
  const running = state !== undefined && state.phase !== 'idle';
  useEffect(() => {
    look(slug).then(setState, asProblem);
  }, []);
  useEffect(() => {
    if (!running) return;
    // Each look plans the next; one that fails, as on a weak network, is tried again.
    const next = setTimeout(() => {
      look(slug).then(setState, () => setState({ ...state }));
    }, EVERY);
    return () => clearTimeout(next);
  }, [state]);
  const publish = () =>
    attempt(async (key) => {
      setState(await ask(build.$post({ param: { salon: slug } }, once(key))));
      setAsked(true);
    });
  return (
    <section class="site-build needs-js" aria-labelledby="site-build">
      <h2 id="site-build">网页</h2>
      <p>发布以后，这一期成为公开的网页，和案例一起能搜到。</p>
      {state && running && <Progress state={state} />}
      <div role="status">
        {state && !running && asked && <Outcome {...{ state, slug, number }} />}
      </div>
      <ProblemNote problem={problem} />
      {!running && (
        <button class="button primary" type="button" aria-disabled={busy} onClick={publish}>
          {busy ? '请稍候…' : asked ? '再发布一次' : '发布到网页'}
        </button>
      )}
    </section>
  );
}

function Progress({ state: { words, done, total } }: { state: State }) {
  return (
    <div class="site-build-going">
      <p>正在更新网页：{words} …</p>
      <progress {...(total > 0 && { value: done, max: total })} aria-label="网页更新进度" />
      <p class="hint">可以离开这一页，更新会接着做完。</p>
    </div>
  );
}

function Outcome({ state, slug, number }: { state: State; slug: string; number: number }) {
  const { outcome, reason } = state;
  if (outcome === 'failed') {
    return (
      <p class="notice problem">
        <strong>网页没有更新。</strong>
        {reason}
      </p>
    );
  }
  if (outcome === null) {
    return <p class="quiet-note">已公布的内容已导出，网页由系统管理员更新。</p>;
  }
  return (
    <p class="quiet-note">
      {outcome === 'built' ? '网页已更新：' : '网页已是最新：'}
      <a href={publishedUrl(slug, number)}>看第 {number} 期的网页</a>
    </p>
  );
}
