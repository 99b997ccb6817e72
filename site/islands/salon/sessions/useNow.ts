import { useEffect, useState } from 'preact/hooks';
import { serverNow } from './clock.ts';

/** The server's time, drawn anew so often. @param every ms */
export function useNow(every: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
