/** The settings of endpoints that requests are signed for, and of the port for returned mail. Read by `config.ts`. */
import { z } from 'zod'
import { fail, ok, type Result } from './result.ts'
import { webhookKey } from './standard-webhooks.ts'

/** An endpoint of the marketplace, and the key that both sides sign with. */
export type SignedEndpoint = { url: string; key: Buffer }

/** Whose postal address letters bear: name, street and place, and the country, ISO 3166-1 alpha-2, which domestic letters leave out. */
export type LetterFrom = { lines: string[]; country: string }

export type WebhookConfig = {
  /** Where SMS and push messages are handed over; `null`: not connected. */
  sms: SignedEndpoint | null
  push: SignedEndpoint | null
  /** Where contact points are asked for just before sending; `null`: they are in the catalogue. */
  contacts: SignedEndpoint | null
  /** What providers sign their events with; `null`: none is connected. */
  providerEventsKey: Buffer | null
  /** Where returned mail is taken in; `null`: nowhere. */
  bounceSmtpPort: number | null
  /** Who letters come from; `null`: none are written. */
  letterFrom: LetterFrom | null
}

export const NO_WEBHOOKS: WebhookConfig = {
  sms: null,
  push: null,
  contacts: null,
  providerEventsKey: null,
  bounceSmtpPort: null,
  letterFrom: null,
}

const url = z
  .url({ protocol: /^https?$/, error: 'must look like https://messages.example.com/tocsin' })
  // What is signed is not secret: addresses and telephone numbers go over TLS, or stay on this machine.
  .refine((text) => /^(?:https:|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$))/.test(text), 'must be https://')
  .optional()
const key = z
  .string()
  .refine((text) => webhookKey(text) !== null, 'must be whsec_ and 24 to 64 random bytes in base64')
  .optional()

/** The variables, for the schema of the environment. */
export const WEBHOOK_VARIABLES = {
  SMS_WEBHOOK_URL: url,
  SMS_WEBHOOK_SECRET: key,
  PUSH_WEBHOOK_URL: url,
  PUSH_WEBHOOK_SECRET: key,
  CONTACTS_URL: url,
  CONTACTS_SECRET: key,
  PROVIDER_EVENTS_SECRET: key,
  BOUNCE_SMTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a whole number from 1 to 65535')
    .optional(),
  LETTER_FROM: z
    .string()
    .refine((text) => letterFrom(text) !== null, 'must look like Larkspur Market Product Safety; Hafenstraße 1; 20457 Hamburg; DE')
    .optional(),
}

type Variables = z.infer<z.ZodObject<typeof WEBHOOK_VARIABLES>>

/** What is set, or the pair of which one is missing. */
export function readWebhooks(set: Variables): Result<WebhookConfig> {
  const pairs = [
    ['SMS_WEBHOOK_URL', 'SMS_WEBHOOK_SECRET'],
    ['PUSH_WEBHOOK_URL', 'PUSH_WEBHOOK_SECRET'],
    ['CONTACTS_URL', 'CONTACTS_SECRET'],
  ] as const
  for (const [address, secret] of pairs)
    if ((set[address] === undefined) !== (set[secret] === undefined))
      return fail(
        'invalid',
        `${address} and ${secret} belong together: set both, or neither.`,
        set[address] === undefined ? address : secret,
      )
  return ok({
    sms: endpoint(set.SMS_WEBHOOK_URL, set.SMS_WEBHOOK_SECRET),
    push: endpoint(set.PUSH_WEBHOOK_URL, set.PUSH_WEBHOOK_SECRET),
    contacts: endpoint(set.CONTACTS_URL, set.CONTACTS_SECRET),
    providerEventsKey: set.PROVIDER_EVENTS_SECRET === undefined ? null : webhookKey(set.PROVIDER_EVENTS_SECRET),
    bounceSmtpPort: set.BOUNCE_SMTP_PORT ?? null,
    letterFrom: set.LETTER_FROM === undefined ? null : letterFrom(set.LETTER_FROM),
  })
}

function endpoint(address: string | undefined, secret: string | undefined): SignedEndpoint | null {
  const signingKey = secret === undefined ? null : webhookKey(secret)
  return address === undefined || signingKey === null ? null : { url: address, key: signingKey }
}

const LETTER_LINE_MAX = 60

/** Two to four lines and a country code, with semicolons between; null where that is not what stands there. */
function letterFrom(text: string): LetterFrom | null {
  const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '') // prettier-ignore
  const country = parts.at(-1) ?? ''
  const lines = parts.slice(0, -1)
  const fits = lines.length >= 2 && lines.length <= 4 && lines.every((line) => line.length <= LETTER_LINE_MAX && !/\p{Cc}/u.test(line))
  return fits && /^[A-Z]{2}$/.test(country) ? { lines, country } : null
}
