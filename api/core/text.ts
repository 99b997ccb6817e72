import { z } from 'zod';

/** Direction marks, zero-width characters and the byte order mark: pasted along, never meant. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');
/** Marks go first: what they stood between may compose. */
const clean = (text: string): string => withoutUnseen(text).normalize('NFC').trim();
const characters = (text: string): number => [...text].length;

interface Lengths {
  readonly min?: number;
  readonly max: number;
}

function checked(label: string, { min = 1, max }: Lengths, forbidden: RegExp) {
  return z
    .string({ error: `${label}须是文字` })
    .refine((text) => text.isWellFormed(), {
      error: `${label}里有残缺的字符，请重新输入`,
      abort: true,
    })
    .overwrite(clean)
    .refine((text) => !forbidden.test(text), { error: `${label}里有看不见的控制字符，请重新输入` })
    .refine((text) => characters(text) >= min, {
      error: min === 1 ? `请填写${label}` : `${label}至少 ${min} 个字`,
    })
    .refine((text) => characters(text) <= max, { error: `${label}最多 ${max} 个字` });
}

/**
 * One line of user text: NFC, trimmed, without invisible marks; control characters and half
 * characters are refused. Lengths in characters.
 * @param label what the field is called, for the messages
 */
export const line = (label: string, lengths: Lengths) => checked(label, lengths, CONTROL_OR_BREAK);

/** Text of several lines; otherwise as `line`. */
export const prose = (label: string, lengths: Lengths) => checked(label, lengths, CONTROL);

/** The name of a row, as newId makes it. */
export const id = z.string().regex(/^[0-9a-z]{20}$/, { error: '编号的写法不对' });

/** A mainland mobile number without what people and address books put around and into it. */
export function bareNumber(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+|00)?86(?=1)/, '');
}

/** Eleven digits of a mainland mobile number, however it was typed: `+86 138-0000-0000`. */
export const phone = z
  .string({ error: '手机号须是文字' })
  .max(40, { error: '手机号的写法不对' })
  .overwrite(bareNumber)
  .refine((text) => /^1[3-9]\d{9}$/.test(text), {
    error: '手机号须是 11 位数字，例如 13800000000',
  });

/** Letters, digits and Chinese; never digits alone, which would be taken for a phone number. */
export const userName = z
  .string({ error: '用户名须是文字' })
  .overwrite((text) => text.normalize('NFKC').trim().toLowerCase())
  .refine((text) => /^[\p{L}\p{N}._-]{2,32}$/u.test(text), {
    error: '用户名须是 2 到 32 个字，可用汉字、字母、数字、点、下划线和短横线',
  })
  .refine((text) => !/^[\d-]+$/.test(text), { error: '用户名不能全是数字，以免与手机号混淆' });

export const email = z
  .email({ error: '邮箱的写法不对，例如 name@example.cn' })
  .max(254, { error: '邮箱太长' })
  .overwrite((text) => text.toLowerCase());

/** `138****0000`: enough to recognise one's own number. */
export function maskPhone(number: string | null): string | null {
  return number && `${number.slice(0, 3)}****${number.slice(-4)}`;
}
