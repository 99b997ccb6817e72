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
  readonly commit: string | undefined;
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
  const { HOST, PORT, TRUST_PROXY, SITE_DIR, COMMIT } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    trustProxy: TRUST_PROXY === '1',
    siteDir: SITE_DIR,
    commit: COMMIT,
  };
}
