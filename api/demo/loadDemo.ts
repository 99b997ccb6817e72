import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import {
  DEMO_ADMIN,
  DEMO_JOINED_ON,
  DEMO_MEMBERS,
  DEMO_PASSWORD,
  DEMO_SALON,
  DEMO_SEATS,
  secretaryName,
} from '../../db/demo/fuping.ts';
import { person, salon } from '../../db/schema/index.ts';
import { hashPassword } from '../accounts/password.ts';
import { record } from '../core/audit.ts';
import type { Context, Services } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { systemContext } from '../core/systemContext.ts';
import { write } from '../core/write.ts';
import { addMembership } from '../salon/people.ts';
import { insertSeat, seatPerson } from '../salon/seats.ts';
import { loadMonths } from './loadMonths.ts';

export const isEmpty = ({ db }: Services): boolean =>
  db.orm.select({ id: person.id }).from(person).limit(1).get() === undefined;

function addDemoPerson(tx: Tx, ctx: Context, passwordHash: string, who: DemoPerson): string {
  const id = newId();
  const { login: userName, name, isAdmin = false } = who;
  tx.insert(person)
    .values({ id, name, userName, passwordHash, isAdmin, isDemo: true, createdAt: ctx.clock() })
    .run();
  return id;
}

interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly isAdmin?: boolean;
}

/**
 * Fills an empty database with the demo salon, in one transaction.
 * @returns false when there is somebody already, or in production
 */
export async function loadDemo(services: Services): Promise<boolean> {
  if (services.production || !isEmpty(services)) return false;
  const ctx = systemContext(services);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return write(ctx, { name: 'demo.load', input: null }, (tx) => {
    if (tx.select({ id: person.id }).from(person).limit(1).get()) return false;
    const salonId = newId();
    tx.insert(salon)
      .values({ id: salonId, ...DEMO_SALON, isDemo: true, createdAt: ctx.clock() })
      .run();
    record(tx, ctx, { action: 'demo.load', salonId, subject: salonId });
    addDemoPerson(tx, ctx, passwordHash, { ...DEMO_ADMIN, isAdmin: true });
    const seats = new Map(
      DEMO_SEATS.map(({ community, login }) => {
        const who = { login, name: secretaryName(community) };
        const personId = addDemoPerson(tx, ctx, passwordHash, who);
        const place = insertSeat(tx, ctx, salonId, { community, joinedOn: DEMO_JOINED_ON });
        seatPerson(tx, ctx, place, personId);
        return [login, place];
      }),
    );
    const members = new Map(
      DEMO_MEMBERS.map(({ login, name, role, unit }) => {
        const personId = addDemoPerson(tx, ctx, passwordHash, { login, name });
        addMembership(tx, ctx, { salonId, personId, role, unit });
        return [login, { personId, name, unit }];
      }),
    );
    loadMonths(tx, ctx, { salonId, seats, members });
    return true;
  });
}

const ROLES = { host: '主办单位', guest: '嘉宾', trainer: '培训师', learner: '学员' } as const;

/** The demo's sign-ins for the sign-in page; null in production or where no demo is loaded. */
export function demoSignIns({ db, production }: Services) {
  if (production) return null;
  const loaded = db.orm.select().from(salon).where(eq(salon.slug, DEMO_SALON.slug)).get();
  if (!loaded?.isDemo) return null;
  const people = [
    ...DEMO_SEATS.map(({ community, login }) => ({
      login,
      name: `${community}书记`,
      role: '社区书记',
    })),
    ...DEMO_MEMBERS.map(({ login, role, unit }) => ({ login, name: unit, role: ROLES[role] })),
    { login: DEMO_ADMIN.login, name: DEMO_ADMIN.name, role: '系统管理员' },
  ];
  return { password: DEMO_PASSWORD, people };
}
