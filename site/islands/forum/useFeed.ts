import { useEffect } from 'preact/hooks';

/** Offers a feed to the browser, as the head of a built page does, on a page that learns late what it shows. */
export function useFeed(title: string, href: string): void {
  useEffect(() => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'alternate', type: 'application/atom+xml', title, href });
    document.head.append(link);
    return () => link.remove();
  }, [title, href]);
}
