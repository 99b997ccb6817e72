import { statSync } from 'node:fs';
import { ballotFileOf } from '../../../db/ballots/client.ts';
import type { Counted } from '../api/load.ts';
import { perSecond } from '../api/loads.ts';
import { type Measured, serve } from '../api/processes.ts';
import {
  ballotsPath,
  castAll,
  type Held,
  hold,
  start,
  takeAll,
  untilSettled,
} from '../ballot/ballot.ts';
import { type Room, withMeetings } from '../ballot/meetings.ts';
import { recountByCommand, recountInBrowser } from '../ballot/recount.ts';
import { memoryOf } from '../measure/processTree.ts';
import { kilobytes, median, printTable } from '../measure/summary.ts';
import type { Options } from '../options.ts';
import { buildRealSite } from '../projects/realSite.ts';
import { makeSalonDatabase, type SalonDatabase } from '../salon/database.ts';
import { READERS, readPages, type Spread, spread, spreadRow } from '../salon/readers.ts';
import { openStreams } from '../salon/streams.ts';

const WARM_SECONDS = 5;
const READING_SECONDS = 12;
/** Of the second salon, which takes and casts as fast as the server can. */
const BURST_SEATS = 1000;
const RECOUNTS = 3;

/** What goes on beside: pages read at a rate, and pages of the meeting that follow what is new. */
type Beside = { reads: Spread; pages: Spread & { asked: number } };
export type BallotResult = {
  seats: number;
  seconds: number;
  /** The readers alone, while the ballot has been called. */
  before: Spread;
  taking: Spread & Beside;
  casting: Spread & Beside;
  /** Seats that took, and votes that were cast, each second. */
  highest: { taken: number; cast: number };
  /** Milliseconds from the answer to the last vote until both results are stored. */
  settled: number;
  ballotFileBytes: number;
  bulletinBytes: number;
  memory: { atStartKiB: number; afterKiB: number; highestKiB: number };
  /** Seconds. */
  recount: { browser: number; command: number };
};

type Site = { database: SalonDatabase; server: Measured; room: Room; seconds: number };

/** Something is done in the given time, and others read and follow. */
async function beside(
  { database, server, room, seconds }: Site,
  work: Promise<Counted>,
): Promise<{ counted: Counted; so: Spread & Beside }> {
  const { slug: salon, cookies } = room;
  const { port } = server;
  const listeners = { port, salon, path: ballotsPath(room), cookies: cookies.slice(0, READERS) };
  const [counted, reads, pages] = await Promise.all([
    work,
    readPages(database, server, { seconds }),
    openStreams({ ...listeners, seconds }),
  ]);
  const asked = pages.latencies.length;
  const others = { reads: spread(reads.latencies), pages: { ...spread(pages.latencies), asked } };
  return { counted, so: { ...spread(counted.latencies), ...others } };
}

/** As many as come at once. @returns how many a second the server did */
async function burst(room: Room, { port }: Measured, seats: number) {
  const held = await hold(room, port, seats);
  const taken = await takeAll(held, port, 0);
  await start(held, room, port);
  const cast = await castAll(held, taken.answers ?? [], { port, seconds: 0 });
  await untilSettled(held, port);
  return { taken: perSecond(taken), cast: perSecond(cast) };
}

async function recount({ path, id }: Held, { slug }: Room, { port }: Measured) {
  const origin = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${origin}${path}/bulletin.json`);
  const bulletin = Buffer.from(await answer.arrayBuffer());
  const page = `${origin}/salon/ballots/${id}/?salon=${slug}`;
  const browser = median(await recountInBrowser(page, RECOUNTS));
  const command = median(recountByCommand(bulletin, RECOUNTS));
  return { bulletinBytes: bulletin.length, recount: { browser, command } };
}

function print(result: BallotResult): void {
  const { seats, seconds, before, taking, casting, highest, memory } = result;
  const each = (name: string, { reads, pages }: Beside) => [
    spreadRow(`${name}时每秒 50 次读各页`, reads, '≤ 100 ms'),
    spreadRow(`${name}时 ${READERS} 页收知会再问，共 ${pages.asked} 次`, pages, ''),
  ];
  printTable(
    `表决：${seats} 席，领票、投票各 ${seconds} 秒，每席两张票`,
    ['', '中位数', 'p99', '目标'],
    [
      spreadRow('之前每秒 50 次读各页', before, ''),
      spreadRow('领票（两张一起签）', taking, '≤ 100 ms'),
      ...each('领票', taking),
      spreadRow('投票（一张）', casting, ''),
      ...each('投票', casting),
    ],
  );
  const mib = (kibibytes: number) => `${(kibibytes / 1024).toFixed(0)} MiB`;
  printTable(
    '表决：其余',
    ['', '测得', '目标'],
    [
      ['最快每秒领票，席', highest.taken.toFixed(0), ''],
      ['最快每秒投票，张', highest.cast.toFixed(0), ''],
      ['最后一票到结果入库', `${result.settled.toFixed(0)} ms`, ''],
      ['ballots.db', kilobytes(result.ballotFileBytes), ''],
      ['公示', kilobytes(result.bulletinBytes), ''],
      ['服务的内存，领票前', mib(memory.atStartKiB), ''],
      ['服务的内存，结束后', mib(memory.afterKiB), ''],
      ['服务的内存，最多', mib(memory.highestKiB), ''],
      ['浏览器里重新计票', `${result.recount.browser.toFixed(2)} 秒`, '≤ 5 秒'],
      ['命令 ballot:verify', `${result.recount.command.toFixed(2)} 秒`, ''],
    ],
  );
}

/** An evaluation by a whole province, through the server in a process of its own. */
export async function benchBallot({
  seats,
  seconds,
}: Pick<Options, 'seats' | 'seconds'>): Promise<BallotResult> {
  const siteDir = await buildRealSite();
  const database = await makeSalonDatabase();
  const { file, large: room, young } = await withMeetings(database);
  const server = await serve(file, 'calendar', siteDir);
  const { port, pid } = server;
  const site = { database, server, room, seconds };
  console.log(`  ${seats} 席签到，盲化各自的两张票…`);
  const held = await hold(room, port, seats);
  await readPages(database, server, { seconds: WARM_SECONDS });
  const before = await readPages(database, server, { seconds: READING_SECONDS });
  const atStartKiB = memoryOf(pid).resident;
  const taking = await beside(site, takeAll(held, port, seconds));
  await start(held, room, port);
  const votes = castAll(held, taking.counted.answers ?? [], { port, seconds });
  const settling = votes.then(() => untilSettled(held, port));
  const [casting, settled] = await Promise.all([beside(site, votes), settling]);
  const { resident, highWater } = memoryOf(pid);
  const ballotFileBytes = statSync(ballotFileOf(file)).size;
  const counted = await recount(held, room, server);
  const highest = await burst(young, server, Math.min(seats, BURST_SEATS));
  await server.close();
  const result = {
    seats,
    seconds,
    before: spread(before.latencies),
    taking: taking.so,
    casting: casting.so,
    highest,
    settled,
    ballotFileBytes,
    memory: { atStartKiB, afterKiB: resident, highestKiB: highWater },
    ...counted,
  };
  print(result);
  return result;
}
