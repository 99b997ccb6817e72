import { useEffect, useState } from 'preact/hooks';

let asking: Promise<readonly string[]> | undefined;

/** The session pages that the last build made; without an answer, none is offered. */
const builtPages = (): Promise<readonly string[]> => {
  asking ??= fetch('/sessions.json')
    .then((response) => (response.ok ? response.json() : []))
    .catch(() => []);
  return asking;
};

interface Props {
  readonly href: string;
  readonly class: string;
  readonly children: string;
}

/** A link to a page of the knowledge base, where the host has had it made. */
export function PublicPage({ href, children, ...rest }: Props) {
  const [there, setThere] = useState(false);
  useEffect(() => {
    builtPages().then((urls) => setThere(urls.includes(href)));
  }, [href]);
  if (!there) return null;
  return (
    <a href={href} {...rest}>
      {children}
    </a>
  );
}
