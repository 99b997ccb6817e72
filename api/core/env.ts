import { z } from 'zod';

/** What the server reads from its environment, already checked. */
export interface Env {
  readonly host: string;
  /** 0 asks the system for any free port. */
  readonly port: number;
  /** True when a proxy in front sets X-Forwarded-Proto and strips the client's own. */
  readonly trustProxy: boolean;
  /** The folder of built pages, relative to the project or absolute. */
  readonly siteDir: string;
  /** Whether the server may build the pages anew. */
  readonly rebuild: boolean;
  /** Where the export of published sessions lies; beside the database if absent. */
  readonly archiveFile: string | undefined;
  readonly commit: string | undefined;
  /** `file:` and a path, relative to the project or absolute. */
  readonly databaseUrl: string;
  /** No demo, and a second factor for hosts and admins. */
  readonly production: boolean;
  /** Where the site is seen from outside, without a slash at the end. */
  readonly siteUrl: string | undefined;
  readonly logLevel: string;
  /** Where Litestream keeps its replica, e.g. s3://… or file:///…. */
  readonly litestreamUrl: string | undefined;
  /** Whether webhooks may lead into the network that the server stands in. */
  readonly webhookPrivate: boolean;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
}

/** The environment cannot be used; the message is Chinese and says what to write instead. */
export class EnvError extends Error {
  override name = 'EnvError';
}

const PORT_MESSAGE = 'PORT 须是 0 到 65535 的整数，例如 PORT=4321';

const schema = z.object({
  HOST: z
    .string()
    .trim()
    .regex(
      /^[0-9A-Za-z.:_-]+$/,
      'HOST 须是地址或主机名，例如 HOST=127.0.0.1，或对外服务时用 HOST=0.0.0.0',
    )
    .default('127.0.0.1'),
  PORT: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, PORT_MESSAGE)
    .transform(Number)
    .pipe(z.number().max(65535, PORT_MESSAGE))
    .default(4321),
  TRUST_PROXY: z
    .enum(['0', '1'], { error: 'TRUST_PROXY 只能是 0 或 1；网站在反向代理之后时用 1' })
    .default('0'),
  SITE_DIR: z.string().trim().default('dist'),
  COMMIT: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{7,40}$/, 'COMMIT 须是 7 到 40 位十六进制的提交号，也可以不写')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'DATABASE_URL 须以 file: 开头，例如 file:./data/yuanzhuo.db')
    .default('file:./data/yuanzhuo.db'),
  NODE_ENV: z.string().default(''),
  REBUILD: z.enum(['0', '1'], { error: 'REBUILD 只能是 0 或 1' }).default('0'),
  YUANZHUO_ARCHIVE: z.string().optional(),
  SITE_URL: z
    .url({ protocol: /^https?$/, error: 'SITE_URL 须是网址，例如 https://yuanzhuo.example.gov.cn' })
    .optional(),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info'], {
      error: 'LOG_LEVEL 只能是 silent、error、warn 或 info',
    })
    .optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'SMTP_URL 须以 smtp:// 或 smtps:// 开头' })
    .optional(),
  LITESTREAM_URL: z
    .string()
    .regex(/^[a-z0-9]+:\/\/.+/, 'LITESTREAM_URL 须是副本的地址，例如 file:///mnt/backup/yuanzhuo')
    .optional(),
  WEBHOOK_PRIVATE: z
    .enum(['0', '1'], { error: 'WEBHOOK_PRIVATE 只能是 0 或 1；群机器人在内网时用 1' })
    .default('0'),
  MAIL_FROM: z.email({ error: 'MAIL_FROM 须是邮箱地址' }).optional(),
});

/**
 * Reads and checks the environment. An empty value counts as unset, as in `PORT= npm start`.
 * @throws {EnvError} naming every variable that is wrong
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((key) => [key, source[key]?.trim() || undefined]),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => issue.message).join(';'));
  }
  const { HOST, PORT, TRUST_PROXY, SITE_DIR, COMMIT, DATABASE_URL, NODE_ENV, SITE_URL } =
    parsed.data;
  const { SMTP_URL, MAIL_FROM } = parsed.data;
  if (SMTP_URL && !(MAIL_FROM && SITE_URL)) {
    // A link in a mail must not follow a Host header that a stranger sent.
    throw new EnvError(
      '要发邮件，除 SMTP_URL 外还须设 MAIL_FROM（发件地址）和 SITE_URL（本站网址）',
    );
  }
  const production = NODE_ENV === 'production';
  return {
    host: HOST,
    port: PORT,
    trustProxy: TRUST_PROXY === '1',
    siteDir: SITE_DIR,
    rebuild: parsed.data.REBUILD === '1',
    archiveFile: parsed.data.YUANZHUO_ARCHIVE,
    commit: COMMIT,
    databaseUrl: DATABASE_URL,
    production,
    siteUrl: SITE_URL && new URL(SITE_URL).origin,
    // Someone who starts it by hand reads the terminal; a service's log is read by programs.
    logLevel: parsed.data.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    litestreamUrl: parsed.data.LITESTREAM_URL,
    webhookPrivate: parsed.data.WEBHOOK_PRIVATE === '1',
    mail: SMTP_URL && MAIL_FROM ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : undefined,
  };
}
