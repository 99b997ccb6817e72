import { z } from 'zod';
import { id, prose } from '../core/text.ts';
import { PREFIX_BYTES, SIGNATURE_BYTES, TOKEN_BYTES } from './rules.ts';

/** So many bytes as base64url without padding, written in the one way there is. */
const bytes = (count: number) =>
  z
    .string()
    .length(Math.ceil((count * 4) / 3), { error: '长度不对' })
    .refine((text) => Buffer.from(text, 'base64url').toString('base64url') === text, {
      error: '不是规范的 base64url',
    });

/** A blinded message or a signature. */
export const signatureText = bytes(SIGNATURE_BYTES);

const option = z.object({ id: z.string(), label: z.string() });
export const paper = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('choose'),
    options: z.array(option).readonly(),
    least: z.number().int(),
    most: z.number().int(),
  }),
  z.object({
    kind: z.literal('marks'),
    topics: z.array(option).readonly(),
    comment: z.number().int(),
  }),
]);

export const boxParam = z.strictObject({ ballot: id });

/** What anybody may know of a ballot while it runs; never how many have cast. */
export const boxFacts = z.object({
  ballot: z.string(),
  question: z.string(),
  paper,
  phase: z.enum(['taking', 'casting', 'counting', 'closed', 'void']),
  voidReason: z.string().nullable(),
  publicKey: z.string(),
  fingerprint: z.string(),
  castUntil: z.iso.datetime().nullable(),
});

const choice = z.union([
  z.array(z.string().max(40)).max(40),
  z.strictObject({
    marks: z.record(z.string().max(40), z.number()),
    comment: prose('意见', { min: 0, max: 300 }),
  }),
]);

export const castInput = z.strictObject({
  ballot: id,
  token: bytes(TOKEN_BYTES),
  prefix: bytes(PREFIX_BYTES),
  signature: signatureText,
  choice,
});
