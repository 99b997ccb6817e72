/** Whether a ballot can be taken with this browser at all; asked before it is. */
export type Lack = 'insecure' | 'old' | 'noStorage';

export function lackOf(): Lack | undefined {
  if (!isSecureContext) return 'insecure';
  if (!('locks' in navigator) || !crypto.subtle) return 'old';
  return keeps() ? undefined : 'noStorage';
}

function keeps(): boolean {
  const probe = 'yuanzhuo:probe';
  try {
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return true;
  } catch {
    return false;
  }
}

/** WeChat's browser keeps its own storage: what is taken in it must be cast in it. */
export const inWeChat = (): boolean => /MicroMessenger/i.test(navigator.userAgent);
