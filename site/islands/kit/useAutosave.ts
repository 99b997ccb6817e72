import { useEffect } from 'preact/hooks';

interface Saver {
  /** Saves, unasked. */
  readonly autosave: () => void;
  readonly stop: () => void;
}

/** Saves when the connection is back, and when the page is left or come back to. */
export function useAutosave(saver: Saver): void {
  useEffect(() => {
    const autosave = () => saver.autosave();
    addEventListener('online', autosave);
    document.addEventListener('visibilitychange', autosave);
    return () => {
      saver.stop();
      removeEventListener('online', autosave);
      document.removeEventListener('visibilitychange', autosave);
    };
  }, []);
}
