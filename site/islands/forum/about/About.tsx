import { useEffect, useRef, useState } from 'preact/hooks';
import { whenNear } from '../../../lib/near.ts';
import type { ThreadPlace } from '../links.ts';
import { Talk } from './Talk.tsx';

interface Props {
  readonly place: ThreadPlace;
  /** Of its heading. */
  readonly level: 2 | 3;
}

/** What is talked of something in the salon, under its page: fetched once the reader comes near. */
export function About({ level, place }: Props) {
  const part = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => (part.current ? whenNear(part.current, () => setNear(true)) : undefined), []);
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <section ref={part} class="about" aria-labelledby="discussion">
      <Title id="discussion">讨论</Title>
      {near && <Talk place={place} level={level === 2 ? 3 : 4} />}
    </section>
  );
}
