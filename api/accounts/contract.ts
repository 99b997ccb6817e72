import { z } from 'zod';
import { email, line, phone, userName } from '../core/text.ts';
import { PASSWORD_LENGTH } from './rules.ts';

const password = z
  .string({ error: '密码须是文字' })
  .refine((text) => [...text].length >= PASSWORD_LENGTH.min, {
    error: `密码至少 ${PASSWORD_LENGTH.min} 个字符`,
  })
  .refine((text) => [...text].length <= PASSWORD_LENGTH.max && text.isWellFormed(), {
    error: `密码最多 ${PASSWORD_LENGTH.max} 个字符`,
  });

/** As typed to prove who one is: any text, so that a refusal tells nothing about the rules. */
const typed = z.string({ error: '须是文字' }).min(1, '请填写').max(256, '太长');

export const signInInput = z.strictObject({
  login: typed.meta({ description: '手机号或用户名' }),
  password: typed,
  code: typed.optional().meta({ description: '验证器的 6 位数字，或一个恢复码' }),
});

export const passInput = z.strictObject({
  pass: typed.meta({ description: '链接里的或口头给的码' }),
});

export const redeemInput = z.strictObject({
  pass: typed,
  password,
  userName: userName.optional(),
});

export const passInfo = z.object({
  kind: z.enum(['invitation', 'reset', 'setup']),
  name: z.string(),
  salon: z.string().nullable(),
  /** What signing in will ask for, masked; null where a user name has to be chosen. */
  phone: z.string().nullable(),
  userName: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});

export const profileInput = z.strictObject({
  name: line('姓名', { max: 40 }).optional(),
  phone: phone.nullable().optional(),
  userName: userName.nullable().optional(),
  email: email.nullable().optional(),
  password: typed.optional().meta({ description: '改登录方式时须再输一次' }),
});

export const passwordInput = z.strictObject({ current: typed, next: password });
export const confirmInput = z.strictObject({ password: typed });
export const codeInput = z.strictObject({ code: typed });
export const resetRequestInput = z.strictObject({ login: typed });

export const roleInSalon = z.object({
  slug: z.string(),
  name: z.string(),
  roles: z.array(z.enum(['host', 'secretary', 'guest', 'trainer', 'learner'])),
  seat: z.object({ id: z.string(), community: z.string() }).nullable(),
});

export const me = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  userName: z.string().nullable(),
  email: z.string().nullable(),
  isAdmin: z.boolean(),
  isDemo: z.boolean(),
  salons: z.array(roleInSalon),
  secondFactor: z.object({
    on: z.boolean(),
    /** Whether some of this person's powers wait for it. */
    required: z.boolean(),
    usedNow: z.boolean(),
    recoveryCodesLeft: z.number().int(),
  }),
});
export type Me = z.infer<typeof me>;

/** null for a visitor. */
export const whoAmI = z.object({ me: me.nullable() });

export const demoSignIns = z.object({
  password: z.string(),
  people: z.array(z.object({ login: z.string(), name: z.string(), role: z.string() })),
});
export const signInPage = z.object({
  demo: demoSignIns.nullable(),
  /** Whether a forgotten password can be reset by mail. */
  mail: z.boolean(),
});

export const device = z.object({
  id: z.string(),
  device: z.string(),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
});
export const devices = z.object({ devices: z.array(device) });

export const newSecondFactor = z.object({
  secret: z.string(),
  /** For the authenticator app; shown as a QR code. */
  uri: z.string(),
});
export const recoveryCodes = z.object({ codes: z.array(z.string()) });

export const done = z.object({ done: z.literal(true) });

export const accountRow = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  userName: z.string().nullable(),
  isAdmin: z.boolean(),
  active: z.boolean(),
  entered: z.boolean(),
});
export const accountPage = z.object({ accounts: z.array(accountRow), next: z.string().nullable() });

/** What is handed to someone so that they can set their password, once. */
export const issuedPass = z.object({
  /** Of the person it is for. */
  personId: z.string(),
  kind: z.enum(['invitation', 'reset', 'setup']),
  /** Opens the page that sets a password; handed over as a QR code, or opened. */
  link: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
export type IssuedPass = z.infer<typeof issuedPass>;
