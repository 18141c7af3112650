import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { FixedText, type MailMessage } from '../mail.ts'
import { composeMail } from './compose.ts'
import { dkimRecord, dkimSignature, readDkimKey, unstuffDots, type DkimKey } from './dkim.ts'

const NAMED = { domain: 'market.example', selector: 'safety1' }
const AT = new Date('2026-03-05T07:08:09Z')
const KEYS = [generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey, generateKeyPairSync('ed25519').privateKey].map((key) =>
  dkimKey(key),
)

function dkimKey(key: KeyObject): DkimKey {
  const read = readDkimKey(key.export({ type: 'pkcs8', format: 'pem' }).toString(), NAMED)
  assert.ok(read.ok)
  return read.value
}

/** What a receiver does (RFC 6376, 6.1), with the key as the DNS has it. */
function isVerified(raw: string, record: string): boolean {
  const end = raw.indexOf('\r\n\r\n')
  const fields = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const relaxed = (field: string) => {
    const colon = field.indexOf(':')
    return `${field.slice(0, colon).toLowerCase()}:${field
      .slice(colon + 1)
      .replaceAll(/\s+/g, ' ')
      .trim()}`
  }
  const own = fields.find((field) => field.startsWith('DKIM-Signature:'))!
  const tags = new Map(own.slice(15).split(';').map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, '')])) // prettier-ignore
  if (
    createHash('sha256')
      .update(raw.slice(end + 4), 'latin1')
      .digest('base64') !== tags.get('bh')
  )
    return false
  const signed = tags
    .get('h')!
    .split(':')
    .map((name) => relaxed(fields.find((field) => field.toLowerCase().startsWith(`${name}:`))!))
  const data = Buffer.from([...signed, relaxed(own.replace(/ b=[^;]*$/, ' b='))].join('\r\n'), 'latin1')
  const bytes = Buffer.from(/p=(.*)$/.exec(record)![1]!, 'base64')
  const signature = Buffer.from(tags.get('b')!, 'base64')
  if (tags.get('a') === 'rsa-sha256') return verify('sha256', data, createPublicKey({ key: bytes, format: 'der', type: 'spki' }), signature)
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes])
  return verify(null, createHash('sha256').update(data).digest(), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature)
}

function message(differs: Partial<MailMessage> = {}): MailMessage {
  return {
    messageId: '<0b9f@market.example>',
    from: { name: 'Märkt', address: 'safety@market.example' },
    to: { name: 'Ana', address: 'ana@mail.example' },
    subject: 'Recall: stop using these cups now',
    text: 'Stop.',
    html: '<p>Stop.</p>',
    headers: {},
    ...differs,
  }
}

test('what cannot sign is refused by name', () => {
  assert.match(JSON.stringify(readDkimKey('-----BEGIN NONSENSE-----', NAMED)), /no private key/)
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  assert.match(JSON.stringify(readDkimKey(curve, NAMED)), /RSA or Ed25519/)
})

test('a receiver verifies what was signed, and nothing that was changed since', async () => {
  for (const key of KEYS) {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { minLength: 1, maxLength: 5 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }),
        async (lines, subject) => {
          const composed = composeMail(message({ text: [...lines, '.', new FixedText('..fixed\n.')], subject }), AT)
          const raw = (await dkimSignature(key, composed, AT)) + unstuffDots(composed)
          assert.ok(isVerified(raw, dkimRecord(key)))
          assert.ok(!isVerified(raw.replace('Stop.', 'Go on.'), dkimRecord(key)))
          assert.ok(!isVerified(raw.replace('ana@mail.example', 'bo@mail.example'), dkimRecord(key)))
        },
      ),
      { numRuns: 25 },
    )
  }
})
