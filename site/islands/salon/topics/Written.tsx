import { CaseLink } from './CaseLink.tsx';
import type { Text } from './copy.ts';

const CLAUSE = /[^，；：？！]*[，；：？！]*/g;

/** A title that parts between its clauses rather than within a word. */
export function Clauses({ text }: { text: string }) {
  return (
    <>
      {(text.match(CLAUSE) ?? []).map((clause) => (
        <span key={clause} class="clause">
          {clause}
        </span>
      ))}
    </>
  );
}

/** A topic as it was written, each part under its heading; what was left empty is left out. */
export function Written({ text }: { text: Text }) {
  const parts = [
    ['遇到的问题', text.situation],
    ['已经试过的办法', text.tried],
    ['希望邀请谁', text.invite],
  ] as const;
  return (
    <>
      {parts
        .filter(([, said]) => said !== '')
        .map(([name, said]) => (
          <section key={name} class="part">
            <h3>{name}</h3>
            <p class="prose-text">{said}</p>
          </section>
        ))}
      {text.cases.length > 0 && (
        <section class="part">
          <h3>关联的案例</h3>
          <ul class="plain case-links">
            {text.cases.map((id) => (
              <li key={id}>
                <CaseLink id={id} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
