import { setTimeout as sleep } from 'node:timers/promises';
import type { Mail, Services } from '../../api/core/context.ts';
import { silentLog } from '../../api/core/log.ts';
import { createMailer } from '../../api/core/mail.ts';
import { lanesOf } from '../../api/notices/postman/postman.ts';
import { openServices } from '../../api/services.ts';

/**
 * A postman in a process of its own, which may kill itself at a point. Run with the database, the
 * mail server, the time it believes in and the point as arguments; ends when nothing more is due.
 */
export interface Point {
  /** A transaction of the postman, or the sending of one mail. */
  readonly of: 'transaction' | 'send';
  readonly when: 'before' | 'after';
  /** From 1. */
  readonly nth: number;
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still there');
};

function dying<A extends unknown[], R>(
  point: Point | null,
  of: Point['of'],
  call: (...args: A) => R,
) {
  let calls = 0;
  return (...args: A): R => {
    calls += 1;
    const mine = point?.of === of && point.nth === calls;
    if (mine && point.when === 'before') die();
    const result = call(...args);
    if (!mine) return result;
    if (result instanceof Promise) return result.then(die) as R;
    return die();
  };
}

/** When this file is what the process was started with. */
if (import.meta.main) {
  const [file = '', url = '', now = '0', given = 'null'] = process.argv.slice(2);
  const point: Point | null = JSON.parse(given);
  const mailer = createMailer(url, 'yuanzhuo@example.cn');
  const sendMail = dying(point, 'send', (mail: Mail) => mailer(mail));
  const options = { file, production: false, log: silentLog, sendMail, clock: () => Number(now) };
  const services: Services = openServices(options);
  const { orm } = services.db;
  orm.transaction = dying(
    point,
    'transaction',
    orm.transaction.bind(orm),
  ) as typeof orm.transaction;
  const lanes = lanesOf(services, {
    siteUrl: 'https://yuanzhuo.example.cn',
    stopped: () => false,
    wait: () => sleep(1),
  });
  process.stdout.write('ready\n');
  for (const lane of lanes) await lane.run();
  process.exit(0);
}
