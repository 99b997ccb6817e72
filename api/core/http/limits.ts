import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CORE, Refused } from '../refused.ts';

/**
 * How often, by whom. A meeting room of forty phones shares one address, so addresses get much
 * more than accounts. Points in seconds.
 */
const POLICIES = {
  addressRead: { points: 6000, duration: 60 },
  addressWrite: { points: 1200, duration: 60 },
  accountWrite: { points: 240, duration: 60 },
  /** Wrong passwords and codes only. */
  addressFailure: { points: 60, duration: 900 },
  secondFactorFailure: { points: 10, duration: 900 },
  /** Wrong check-in codes of one person. */
  checkInFailure: { points: 10, duration: 60 },
  resetMail: { points: 3, duration: 3600 },
  forumPost: { points: 30, duration: 600 },
  forumThread: { points: 5, duration: 3600 },
  heavy: { points: 20, duration: 60 },
} as const;
export type Policy = keyof typeof POLICIES;

export interface Limits {
  /** @throws {Refused} tooMany, with the seconds to wait */
  consume(policy: Policy, key: string): Promise<void>;
  /** Asks without counting. @throws {Refused} tooMany */
  check(policy: Policy, key: string): Promise<void>;
}

export function createLimits(): Limits {
  const limiters = new Map(
    Object.entries(POLICIES).map(([name, policy]) => [name, new RateLimiterMemory(policy)]),
  );
  const limiter = (policy: Policy): RateLimiterMemory => {
    const found = limiters.get(policy);
    if (!found) throw new Error(`No such policy: ${policy}`);
    return found;
  };
  const refuse = (ms: number): never => {
    throw new Refused(CORE.tooMany, { retryAfter: Math.max(1, Math.ceil(ms / 1000)) });
  };
  return {
    async consume(policy, key) {
      try {
        await limiter(policy).consume(key);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        refuse(error.msBeforeNext);
      }
    },
    async check(policy, key) {
      const state = await limiter(policy).get(key);
      if (state && state.consumedPoints >= POLICIES[policy].points) refuse(state.msBeforeNext);
    },
  };
}

/** One address, or the /64 that one IPv6 household has. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').toLowerCase();
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const parts = head.split(':').filter(Boolean);
  if (tail !== undefined) while (parts.length < 4) parts.push('0');
  return parts.slice(0, 4).join(':');
}
