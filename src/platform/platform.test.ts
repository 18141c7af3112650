import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '../../test/database.ts'
import { audit, brokenAuditEntry, canonicalJson } from './audit.ts'
import { DEMO_SENDER, readConfig } from './config.ts'
import { copyInto, transaction, type CopyValue, type Db } from './db.ts'
import { openFiles } from './files.ts'
import { derivedId, newId } from './ids.ts'
import { readLink, signLink } from './links.ts'
import { openMailbox } from './mailbox.ts'
import { NO_WEBHOOKS } from './config-webhooks.ts'
import { openMailTransport, type MailMessage } from './mail.ts'

const database = await testDatabase()

test('settings that cannot be used are named, all at once', () => {
  const config = readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', SMTP_URL: 'http://relay' })
  assert.equal(config.ok, false)
  const message = config.ok ? '' : config.problem.message
  for (const name of ['PORT', 'DATABASE_URL', 'SMTP_URL']) assert.match(message, new RegExp(name))
})

test('settings have the defaults the README says, and an empty one counts as not set', () => {
  const config = readConfig({ PORT: '', SMTP_URL: '' })
  assert.ok(config.ok)
  assert.deepEqual(
    { ...config.value, home: path.basename(config.value.home) },
    {
      port: 3000,
      home: '.tocsin',
      databaseUrl: null,
      smtpUrl: null,
      publicUrl: 'http://localhost:3000',
      shopOrigins: [],
      sender: DEMO_SENDER,
      dkim: null,
      webhooks: NO_WEBHOOKS,
    },
  )
})

test('a link opens what it was made for and nothing else', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 0, max: 27 }),
      fc.integer({ min: 1, max: 255 }),
      (id, key, at, flip) => {
        const token = signLink(key, 'notice', id)
        assert.equal(readLink(key, 'notice', token), id)
        assert.equal(readLink(key, 'proof', token), null)
        assert.equal(readLink(`${key}x`, 'notice', token), null)
        const bytes = Buffer.from(token, 'base64url')
        bytes[at]! ^= flip
        assert.equal(readLink(key, 'notice', bytes.toString('base64url')), null)
      },
    ),
  )
  for (const garbage of ['', 'x', '../../etc/passwd', 'A'.repeat(38) + '=', 'A'.repeat(10_000)])
    assert.equal(readLink('key', 'notice', garbage), null)
})

test('ids sort by time, and derived ids are what SQL derives', async () => {
  const earlier = newId(new Date('2026-01-01T00:00:00Z'))
  const later = newId(new Date('2026-01-01T00:00:01Z'))
  assert.ok(earlier < later)
  const { rows } = await database.pool.query<{ id: string }>(`select md5('CPSC-1:' || 'b1')::uuid as id`)
  assert.equal(derivedId('CPSC-1', 'b1'), rows[0]!.id)
})

test('COPY brings every text through unchanged', async () => {
  const client = await database.pool.connect()
  try {
    await client.query('create temporary table copied (n int primary key, t text, j jsonb, b bytea)')
    const texts = fc.sample(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))), 1).flat()
    const tricky = ['', '\\', '\\N', '\\.', 'a\tb', 'a\nb', 'a\r\nb', '"', "'", 'ü', '🍼', 'a\\tb', ...texts]
    const rows = tricky.map((text, n): CopyValue[] => [n, text, { text }, Buffer.from(text)])
    assert.equal(await copyInto(client, 'copied', ['n', 't', 'j', 'b'], rows), tricky.length)
    const back = await client.query<{ t: string; j: { text: string }; b: Buffer }>('select t, j, b from copied order by n')
    assert.deepEqual(
      back.rows.map((row) => [row.t, row.j.text, row.b.toString()]),
      tricky.map((text) => [text, text, text]),
    )
  } finally {
    client.release()
  }
})

test('a transaction that throws leaves nothing behind', async () => {
  await assert.rejects(
    transaction(database, async (tx) => {
      await audit(tx.db, { actor: 'cli', action: 'test.never', subject: 'x', detail: {}, at: new Date() })
      throw new Error('stop')
    }),
    /stop/,
  )
  const { rows } = await database.pool.query(`select 1 from platform.audit_log where action = 'test.never'`)
  assert.equal(rows.length, 0)
})

test('a statement that says so is prepared once for each connection, in a transaction and outside', async () => {
  const squared = (db: Db, number: number) =>
    sql<{ square: number }>`
    -- prepared
    select ${number}::int * ${number}::int as square`.execute(db)
  await transaction(database, async ({ db }) => {
    for (const number of [2, 3, 4]) assert.deepEqual((await squared(db, number)).rows, [{ square: number * number }])
    const { rows } = await sql<{ calls: number }>`
      select generic_plans + custom_plans as calls from pg_prepared_statements where statement like '%as square'`.execute(db)
    assert.deepEqual(rows, [{ calls: 3 }])
  })
  assert.deepEqual((await squared(database.db, 5)).rows, [{ square: 25 }])
  await assert.rejects(squared(database.db, 65_536), /out of range/)
  assert.deepEqual((await squared(database.db, 6)).rows, [{ square: 36 }])
})

test('the audit log refuses changes, and a change that was forced is found', async () => {
  for (const n of [1, 2, 3]) {
    await transaction(database, (tx) =>
      audit(tx.db, {
        actor: 'cli',
        action: 'test.done',
        subject: `thing:${n}`,
        detail: { z: n, a: [n, { y: 1, b: null }] },
        at: new Date(),
      }),
    )
  }
  assert.equal(await brokenAuditEntry(database.db), null)
  await assert.rejects(database.pool.query(`update platform.audit_log set actor = 'nobody'`), /append-only/)
  await assert.rejects(database.pool.query('delete from platform.audit_log'), /append-only/)
  await database.pool.query('alter table platform.audit_log disable trigger all')
  await database.pool.query(`update platform.audit_log set detail = '{"z": 9}' where seq = 2`)
  assert.equal((await brokenAuditEntry(database.db))?.seq, 2)
  await database.pool.query('delete from platform.audit_log where seq = 2')
  assert.equal((await brokenAuditEntry(database.db))?.seq, 2)
  await database.pool.query('truncate platform.audit_log')
  await database.pool.query('alter table platform.audit_log enable trigger all')
})

test('canonical JSON does not depend on the order of keys', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: [1, null], c: 'x' } }), canonicalJson({ a: { c: 'x', d: [1, null] }, b: 1 }))
})

test('files are found by the hash of their bytes, and nothing else is', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'tocsin-files-'))
  try {
    const files = openFiles(home)
    const hash = await files.put(Buffer.from('photograph'))
    assert.deepEqual(await files.put(Buffer.from('photograph')), hash)
    assert.equal((await files.get(hash))?.toString(), 'photograph')
    assert.equal(await files.get(Buffer.alloc(32)), null)
  } finally {
    await rm(home, { recursive: true })
  }
})

test('mail goes to the built-in mailbox over SMTP and is there when the server says accepted', async () => {
  const mailbox = await openMailbox(database)
  const mail = openMailTransport(mailbox.url)
  try {
    const message: MailMessage = {
      messageId: '<one@tocsin.example>',
      from: { name: 'Safety', address: 'safety@shop.example' },
      to: { name: 'Zoë "Z" O’Hara', address: 'zoe@mail.example' },
      subject: 'Recall: stop using these cups – now',
      text: 'Stop.\n.\nStill the same message.',
      html: '<p>Stop.</p>',
      headers: {},
    }
    assert.equal((await mail.send(message)).outcome, 'accepted')
    const { rows } = await database.pool.query(`select rcpt_to, message_id, raw from platform.mailbox_messages`)
    assert.equal(rows.length, 1)
    assert.equal(rows[0].rcpt_to, 'zoe@mail.example')
    assert.equal(rows[0].message_id, '<one@tocsin.example>')
    assert.match(rows[0].raw.toString(), /Still the same message/)
  } finally {
    mail.close()
    await mailbox.close()
  }
  const gone = openMailTransport(mailbox.url)
  const answer = await gone.send({
    messageId: '<two@tocsin.example>',
    from: { name: '', address: 'a@b.example' },
    to: { name: null, address: 'c@d.example' },
    subject: 's',
    text: 't',
    html: 'h',
    headers: {},
  })
  assert.equal(answer.outcome, 'refused_for_now', 'it was never handed over')
  gone.close()
})
