import { z } from 'zod';
import { issuedPass } from '../accounts/contract.ts';
import { id, line, phone, userName } from '../core/text.ts';
import { type SalonSettings, SECTIONS, SETTING_NAMES, SETTINGS } from './charter.ts';

/** What each event of a salon's live stream says. */
export type { News } from '../core/live.ts';

export const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, {
  error: '网址名须是 2 到 40 个小写字母、数字或短横线，以字母开头',
});

/** Of an action item. */
export const actionState = z.enum(['todo', 'doing', 'done']);

export const salonParam = z.strictObject({ salon: slug });
export const seatParam = z.strictObject({ salon: slug, seat: id });
export const memberParam = z.strictObject({ salon: slug, person: id });

const day = z.iso.date({ error: '日期须写成 2026-11-22 这样' });

export const salonInput = z.strictObject({
  slug,
  name: line('沙龙名称', { min: 2, max: 60 }),
  county: line('县（区）', { min: 2, max: 30 }),
  hostUnit: line('主办单位', { min: 2, max: 60 }),
});

export const salonRow = z.object({
  slug: z.string(),
  name: z.string(),
  county: z.string(),
  hostUnit: z.string(),
  isDemo: z.boolean(),
});
export const salonList = z.object({ salons: z.array(salonRow) });

const settingShapes = Object.fromEntries(
  SETTING_NAMES.map((name) => {
    const setting = SETTINGS[name];
    if (setting.kind === 'switch') return [name, z.boolean({ error: '须是开或关' }).optional()];
    const { min, max, label } = setting;
    const error = `${label}须是 ${min} 到 ${max} 的整数`;
    return [name, z.int({ error }).min(min, { error }).max(max, { error }).optional()];
  }),
);
/** Every setting is optional: what is left out keeps its value. */
export const settingsInput = z.strictObject(settingShapes) as unknown as z.ZodType<
  Partial<SalonSettings>
>;

export const clause = z.object({
  section: z.enum(SECTIONS),
  origin: z.enum(['来源规定', '本平台默认', '本沙龙决定']),
  text: z.string(),
  setting: z.string().optional(),
});
/** A setting as the host's form shows it. */
export const adjustable = z.object({
  name: z.string(),
  kind: z.enum(['number', 'switch']),
  label: z.string(),
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  value: z.union([z.number(), z.boolean()]),
  /** The platform's default. */
  initial: z.union([z.number(), z.boolean()]),
});
export const salonDetail = salonRow.extend({
  charter: z.array(clause),
  adjustable: z.array(adjustable),
});

export const seatRow = z.object({
  id: z.string(),
  community: z.string(),
  position: z.number().int(),
  joinedOn: z.string(),
  retiredOn: z.string().nullable(),
});
export const seatList = z.object({ seats: z.array(seatRow), next: z.string().nullable() });
export const seatInput = z.strictObject({
  community: line('社区名称', { max: 40 }),
  joinedOn: day.optional(),
});

export const tenureRow = z.object({
  personId: z.string(),
  name: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
});
export const seatDetail = seatRow.extend({ tenures: z.array(tenureRow) });

/** A person new to the installation; at least one of phone and user name to sign in with. */
const newPersonFields = {
  name: line('姓名', { max: 40 }),
  phone: phone.optional(),
  userName: userName.optional(),
};

export const handOverInput = z.strictObject({
  /** Someone who has an account already … */
  personId: id.optional(),
  /** … or somebody new. */
  person: z.strictObject(newPersonFields).optional(),
});

const unit = line('单位', { min: 0, max: 60 }).optional();
export const hostInput = z.strictObject({ ...newPersonFields, unit });
/** Hosts are appointed by an address of their own, which the admin may use too. */
export const memberInput = z.strictObject({
  ...newPersonFields,
  unit,
  role: z.enum(['trainer', 'learner', 'guest'], { error: '身份须是培训师、学员或嘉宾' }),
});

export const memberRow = z.object({
  personId: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  role: z.enum(['host', 'secretary', 'guest', 'trainer', 'learner']),
  community: z.string().nullable(),
  unit: z.string(),
  /** Whether they have set a password yet. */
  entered: z.boolean(),
});
export type MemberRow = z.infer<typeof memberRow>;
export const memberList = z.object({ members: z.array(memberRow) });

export const added = z.object({ personId: z.string(), invitation: issuedPass.nullable() });

export const rosterRow = z.object({
  /** As in the sheet; the heading is line 1. */
  line: z.number().int(),
  name: z.string(),
  role: z.string(),
  community: z.string(),
  result: z.enum(['add', 'same', 'wrong']),
  /** What is wrong and what to write, or what will be done. */
  message: z.string(),
});
export const rosterReport = z.object({
  rows: z.array(rosterRow),
  good: z.boolean(),
  /** null until it is written. */
  invitations: z.array(issuedPass.extend({ name: z.string(), community: z.string() })).nullable(),
});
export type RosterReport = z.infer<typeof rosterReport>;

export const auditRow = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  actor: z.string().nullable(),
  action: z.string(),
  /** The action in Chinese. */
  title: z.string(),
  subject: z.string(),
  details: z.array(z.object({ label: z.string(), value: z.string() })),
});
export const auditPage = z.object({ rows: z.array(auditRow), next: z.string().nullable() });
