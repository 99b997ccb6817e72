import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApp } from '../../api/app.ts';
import { createPublishing } from '../../api/archive/publishing.ts';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { newId } from '../../api/core/id.ts';
import { silentLog } from '../../api/core/log.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { startBallotClock, watchBallots } from '../../api/salon/ballots/clock.ts';
import { callFirstElection } from '../../api/salon/committee/elections.ts';
import { addMembership } from '../../api/salon/people.ts';
import { giveReminders, settleTurns, tick } from '../../api/salon/scheduler.ts';
import { insertSeat, seatPerson } from '../../api/salon/seats.ts';
import { openServices } from '../../api/services.ts';
import { person, salon } from '../../db/schema/index.ts';
import { seatCommitteeAndMeet } from './sitting.ts';

// Run by tests/support/month.ts in a process of its own: the whole application on a new database,
// whose clock is what it was last told. `monthServer.ts <database> <now> [electing | sitting]`.

const [file = '', began = '0', stage = ''] = process.argv.slice(2);
let now = Number(began);

const clock = () => now;
const services = openServices({ file, production: false, log: silentLog, clock, monotonic: clock });
watchBallots(services);
startBallotClock(services);
const publishing = createPublishing(services, join(dirname(file), 'archive.json'), undefined);
const app = createApp({ services, publishing, siteDir: inRoot('dist'), version: 'story' });

const FEW = ['东街', '西街', '南关', '北关', '中心'];
const MORE = [
  '桥头',
  '河湾',
  '新城',
  '古槐',
  '书院',
  '钟楼',
  '花园',
  '柳林',
  '站前',
  '城隍',
  '文昌',
];
const NINETEEN = [...FEW, ...MORE, '东关', '西关', '望湖'];

/** A new salon: a host and its seats, all of whom can sign in. @returns cookies by name */
async function makeSalon(): Promise<Record<string, string>> {
  const ctx = systemContext(services);
  const people = await write(ctx, { name: 'story', input: null }, (tx) => {
    const salonId = newId();
    const about = { name: '渭北县社区治理主题沙龙', county: '渭北县', hostUnit: '渭北县民政局' };
    tx.insert(salon)
      .values({ id: salonId, slug: 'weibei', ...about, createdAt: now })
      .run();
    const add = (name: string): string => {
      const id = newId();
      tx.insert(person).values({ id, name, userName: name, createdAt: now }).run();
      return id;
    };
    const host = add('主办');
    addMembership(tx, ctx, { salonId, personId: host, role: 'host', unit: '渭北县民政局' });
    const seats: string[] = [];
    const seated = (stage === 'sitting' ? NINETEEN : FEW).map((name) => {
      const seat = insertSeat(tx, ctx, salonId, { community: `${name}社区` });
      const id = add(`${name}书记`);
      seatPerson(tx, ctx, seat, id);
      seats.push(seat.id);
      return [name, id] as const;
    });
    if (stage === 'sitting') seatCommitteeAndMeet(tx, salonId, seats, now);
    // As if the pilot's last minutes were published.
    if (stage === 'electing') callFirstElection(tx, ctx, salonId, 3);
    return [['主办', host] as const, ...seated];
  });
  const attributes = { device: '测试', secondFactor: false };
  const cookies = people.map(async ([name, id]) => [
    name,
    await services.sessions.start(id, attributes),
  ]);
  return Object.fromEntries(await Promise.all(cookies));
}

const server = createServer(getRequestListener(app.fetch));
const cookies = await makeSalon();
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0, cookies });
});

/** Turns the clock and does what is due then, as the server does every few seconds. */
process.on('message', async (moment: number) => {
  now = moment;
  await settleTurns(services);
  await tick(services);
  await giveReminders(services);
  process.send?.({ now });
});
process.on('disconnect', () => process.exit());
