import { useEffect, useState } from 'preact/hooks';

/** Milliseconds without a mouse, a touch or a key after which the controls go. */
const QUIET = 4000;

/** Whether the controls are to be seen. */
export function useStrip(): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const stir = () => {
      setSeen(true);
      clearTimeout(timer);
      timer = setTimeout(() => setSeen(false), QUIET);
    };
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    for (const name of events) addEventListener(name, stir);
    stir();
    return () => {
      clearTimeout(timer);
      for (const name of events) removeEventListener(name, stir);
    };
  }, []);
  return seen;
}
