import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { salon } from '../../db/schema/index.ts';
import { allow, allowIn, findSalon, type Salon } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { adjustableOf, charterOf, decidedOnly, type SalonSettings, settingsOf } from './charter.ts';
import type { salonInput } from './contract.ts';
import { SALON } from './refusals.ts';

const row = ({ slug, name, county, hostUnit, isDemo }: Salon) => ({
  slug,
  name,
  county,
  hostUnit,
  isDemo,
});

/** What the salon decided otherwise than the platform. */
export const decidedSettings = ({ settings }: Pick<Salon, 'settings'>): Partial<SalonSettings> =>
  JSON.parse(settings);

/** All salons of the installation, by name; public. In production the demo is not among them. */
export function listSalons(ctx: Context) {
  allow(ctx.db.orm, ctx, 'salon.read');
  const found = ctx.db.orm.select().from(salon).orderBy(asc(salon.name)).all();
  return found.filter(({ isDemo }) => !(isDemo && ctx.production)).map(row);
}

/** One salon and its 章程; public. */
export function readSalon(ctx: Context, slug: string) {
  const found = allowIn(ctx.db.orm, ctx, 'salon.read', slug);
  const decided = decidedSettings(found);
  return { ...row(found), charter: charterOf(decided), adjustable: adjustableOf(decided) };
}

/** @throws {Refused} slugTaken */
export function createSalon(ctx: Context, input: z.infer<typeof salonInput>) {
  return write(ctx, { name: 'salon.create', input }, (tx) => {
    allow(tx, ctx, 'salon.create');
    const taken = tx.select().from(salon).where(eq(salon.slug, input.slug)).get();
    if (taken) throw new Refused(SALON.slugTaken);
    const id = newId();
    tx.insert(salon)
      .values({ id, ...input, createdAt: ctx.clock() })
      .run();
    record(tx, ctx, { action: 'salon.create', salonId: id, subject: id });
    return row(findSalon(tx, input.slug));
  });
}

/** Changes the settings that are given. The audit keeps each old and new value. */
export function changeSettings(ctx: Context, slug: string, change: Partial<SalonSettings>) {
  return write(ctx, { name: 'salon.configure', input: [slug, change] }, (tx) => {
    const found = allowIn(tx, ctx, 'salon.configure', slug);
    const before = decidedSettings(found);
    const old = settingsOf(before);
    const now = settingsOf({ ...before, ...change });
    const settings = JSON.stringify(decidedOnly(now));
    tx.update(salon).set({ settings }).where(eq(salon.id, found.id)).run();
    const names = Object.keys(change) as (keyof SalonSettings)[];
    const detail = Object.fromEntries(
      names
        .filter((name) => old[name] !== now[name])
        .map((name) => [name, `${old[name]} → ${now[name]}`]),
    );
    if (Object.keys(detail).length > 0) {
      record(tx, ctx, { action: 'salon.configure', salonId: found.id, subject: found.id, detail });
    }
    const decided = decidedOnly(now);
    return { charter: charterOf(decided), adjustable: adjustableOf(decided) };
  });
}
