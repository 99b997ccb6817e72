import { api, ask } from '../../lib/api.ts';
import { fetchMe } from '../../lib/session.ts';
import { Show, useLoaded } from '../kit/load.tsx';

const load = async () => {
  const [me, { salons }] = await Promise.all([fetchMe(), ask(api.salons.$get())]);
  return { me, salons };
};

/** The salons of this installation, mine first, and the way into each. */
export function SalonHome() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ me, salons }) => {
        const mine = new Set(me?.salons.map(({ slug }) => slug));
        const sorted = [...salons].sort(
          (a, b) => Number(mine.has(b.slug)) - Number(mine.has(a.slug)),
        );
        return (
          <>
            {salons.length === 0 && (
              <p class="notice">还没有沙龙。系统管理员新建一个，并指定主办单位，这里就会有内容。</p>
            )}
            {sorted.map(({ slug, name, hostUnit }) => (
              <section key={slug} aria-labelledby={`salon-${slug}`}>
                <h2 id={`salon-${slug}`}>{name}</h2>
                <p>
                  主办：{hostUnit}
                  {mine.has(slug) && '。您在这个沙龙里。'}
                </p>
                <div class="bar">
                  <a class="button" href={`/salon/seats/?salon=${slug}`}>
                    看席位
                  </a>
                  <a class="button" href={`/salon/rules/?salon=${slug}`}>
                    看章程
                  </a>
                  {mine.has(slug) && (
                    <a class="button" href={`/salon/members/?salon=${slug}`}>
                      看成员
                    </a>
                  )}
                </div>
              </section>
            ))}
          </>
        );
      }}
    </Show>
  );
}
