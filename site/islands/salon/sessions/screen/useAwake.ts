import { useEffect } from 'preact/hooks';

/** Keeps the screen from going dark, where the browser can. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const hold = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return;
      // Refused when the battery is low: then the screen behaves as it always does.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      document.removeEventListener('visibilitychange', hold);
      lock?.release();
    };
  }, []);
}
