/** The environment, read once. Nothing else in the program looks at `process.env`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from './result.ts'
import { readWebhooks, WEBHOOK_VARIABLES, type WebhookConfig } from './config-webhooks.ts'
import { readDkimKey, type DkimKey } from './smtp/dkim.ts'

export type Config = {
  /** Where the web is served, on loopback in the demo. */
  port: number
  /** Folder for everything this installation keeps: database, files, secrets. Absolute. */
  home: string
  /** A PostgreSQL to use; `null` means the embedded one below `home`. */
  databaseUrl: string | null
  /** A mail relay to send through; `null` means the built-in mailbox. */
  smtpUrl: string | null
  /** Where buyers reach this installation: the start of every link in a notice. No slash at the end. */
  publicUrl: string
  /** Origins of the shop's pages that may show the banner, besides this installation's own. */
  shopOrigins: string[]
  /** Who notices come from. A safety sender of its own, apart from marketing mail; answers to it reach people. */
  sender: { name: string; address: string }
  /** What this installation signs its mail with; `null` where the relay signs. */
  dkim: DkimKey | null
  /** The marketplace's own endpoints and what comes back from its providers. */
  webhooks: WebhookConfig
}

const PORT_HINT = 'must be a whole number from 0 to 65535'

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, PORT_HINT)
    .transform(Number)
    .refine((port) => port <= 65_535, PORT_HINT)
    .default(3000),
  TOCSIN_HOME: z.string().min(1).default('.tocsin'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587 or smtps://…' }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must look like https://recalls.example.com' }).optional(),
  SHOP_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ''))
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://www.shop.example, with commas between them')
    .default([]),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>@\r\n]+<[!-;=?A-~]+@[0-9A-Za-z.-]+>$/, 'must look like Larkspur Market product safety <safety@larkspur.example>')
    .optional(),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[0-9A-Za-z-]+$/, 'must be one label of a domain name, such as safety1')
    .optional(),
  ...WEBHOOK_VARIABLES,
})

/** Of the demo, and of an installation that has not said who it is. */
export const DEMO_SENDER = { name: 'Product safety', address: 'product-safety@marketplace.example' }

/** Scheme, host and port as a browser says them: no path, no `*`. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** Reads the settings; a wrong one is a problem that names the variable, all wrong ones at once. */
export function readConfig(env: Record<string, string | undefined>): Result<Config> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return fail('invalid', `These settings cannot be used:\n  ${lines.join('\n  ')}`, String(parsed.error.issues[0]?.path[0] ?? ''))
  }
  const { PORT, TOCSIN_HOME, DATABASE_URL, SMTP_URL, PUBLIC_URL, SHOP_ORIGINS, MAIL_FROM } = parsed.data
  const sender = MAIL_FROM === undefined ? DEMO_SENDER : senderOf(MAIL_FROM)
  const dkim = readDkim(parsed.data, sender.address)
  if (!dkim.ok) return dkim
  const webhooks = readWebhooks(parsed.data)
  if (!webhooks.ok) return webhooks
  return ok({
    port: PORT,
    home: path.resolve(TOCSIN_HOME),
    databaseUrl: DATABASE_URL ?? null,
    smtpUrl: SMTP_URL ?? null,
    publicUrl: (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, ''),
    shopOrigins: SHOP_ORIGINS,
    sender,
    dkim: dkim.value,
    webhooks: webhooks.value,
  })
}

function senderOf(from: string): Config['sender'] {
  const [name, address] = from.split('<') as [string, string]
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.replace('>', '') }
}

/** The signing key, for the domain of the sender. */
function readDkim(set: { DKIM_KEY_FILE?: string | undefined; DKIM_SELECTOR?: string | undefined }, sender: string): Result<DkimKey | null> {
  const { DKIM_KEY_FILE: file, DKIM_SELECTOR: selector } = set
  if (file === undefined && selector === undefined) return ok(null)
  if (file === undefined || selector === undefined)
    return fail('invalid', 'DKIM_KEY_FILE and DKIM_SELECTOR belong together: set both, or neither.', 'DKIM_SELECTOR')
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch {
    return fail('invalid', 'DKIM_KEY_FILE: the file cannot be read.', 'DKIM_KEY_FILE')
  }
  const key = readDkimKey(pem, { domain: sender.slice(sender.lastIndexOf('@') + 1), selector })
  return key.ok ? key : fail('invalid', `DKIM_KEY_FILE: ${key.problem.message}.`, 'DKIM_KEY_FILE')
}

/**
 * A secret of this installation, made on first use and kept in `home/secrets/NAME`, readable by its owner only.
 * 32 random bytes, base64url.
 */
export function secret(config: Config, name: 'links' | 'sessions' | 'buyers' | 'demo' | 'postgres'): string {
  const file = path.join(config.home, 'secrets', name)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  try {
    // `wx` fails where the file exists, so that two starting processes agree on one secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}
