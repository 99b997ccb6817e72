import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { crashSite, findLearners } from '../support/crash.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { startServer } from '../support/serverProcess.ts';
import { DEMO } from '../support/testApp.ts';

const CLIENTS = 20;
const site = fixtureSite();
afterAll(() => site.remove());

/** How one request went: a whole answer, one cut in the middle, or a connection that gave none. */
type Outcome = { readonly status: number } | 'cut' | 'none';

interface Call {
  readonly agent: Agent;
  readonly port: number;
  readonly cookie: string;
  /** Adds a learner of this name; reads the members without. */
  readonly userName?: string;
}

function call({ agent, port, cookie, userName }: Call): Promise<Outcome> {
  const write = userName !== undefined && {
    'content-type': 'application/json',
    origin: `http://127.0.0.1:${port}`,
    'idempotency-key': randomUUID(),
  };
  return new Promise((resolve) => {
    const sent = request({
      agent,
      port,
      host: '127.0.0.1',
      path: `/api/salons/${DEMO}/members`,
      method: write ? 'POST' : 'GET',
      headers: { cookie, ...write },
    });
    sent.once('error', () => resolve('none'));
    sent.once('response', (response) => {
      response.resume();
      response.once('close', () =>
        resolve(response.complete ? { status: response.statusCode ?? 0 } : 'cut'),
      );
    });
    sent.end(write ? JSON.stringify({ name: '某学员', userName, role: 'learner' }) : undefined);
  });
}

it.each([true, false])(
  'SIGTERM under load loses no answer (connections kept: %s)',
  async (keep) => {
    const place = await crashSite(CLIENTS);
    const server = await startServer(join(site.dir, 'site'), {
      DATABASE_URL: `file://${place.file}`,
    });
    const written = new Map<string, Outcome>();
    const reads: Outcome[] = [];
    try {
      const client = async (index: number): Promise<void> => {
        const agent = new Agent({ keepAlive: keep, maxSockets: 1 });
        const base = { agent, port: server.port, cookie: place.cookies[index] ?? '' };
        for (let turn = 0; ; turn += 1) {
          const userName = `learner-${index}-${turn}`;
          const outcome = await call(turn % 3 === 0 ? { ...base, userName } : base);
          if (turn % 3 === 0) written.set(userName, outcome);
          else reads.push(outcome);
          if (written.size + reads.length === 400) server.child.kill('SIGTERM');
          // Only a connection that the stopping server did not take ends a client.
          if (typeof outcome === 'string') break;
        }
        agent.destroy();
      };
      await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
      expect(await server.ended).toBe(0);
      const outcomes = [...written.values(), ...reads];
      expect(outcomes).not.toContain('cut');
      const answered = [...written].filter(([, outcome]) => typeof outcome !== 'string');
      expect(answered.every(([, outcome]) => (outcome as { status: number }).status === 201)).toBe(
        true,
      );
      expect(reads.every((one) => typeof one === 'string' || one.status === 200)).toBe(true);
      // Every write that took effect was answered, and the other way round.
      const { whole, persons, integrity } = findLearners(place.file);
      expect([...whole.keys()].sort()).toEqual(answered.map(([userName]) => userName).sort());
      expect(persons).toBe(whole.size);
      expect(integrity).toBe('ok');
      expect(whole.size).toBeGreaterThan(CLIENTS);
    } finally {
      server.child.kill('SIGKILL');
      await server.ended;
      place.remove();
    }
  },
);
