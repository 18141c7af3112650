import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { FixedText, type MailMessage } from '../mail.ts'
import { composeMail } from './compose.ts'
import { quotedPrintable, stuffDots } from './encode.ts'

const MESSAGE: MailMessage = {
  messageId: '<0b9f@market.example>',
  from: { name: 'Larkspur Market', address: 'safety@market.example' },
  to: { name: 'Ana Example', address: 'ana@mail.example' },
  subject: 'Recall: stop using these cups now',
  text: 'Stop using these cups now.\n\nDanger: lead.',
  html: '<p>Stop using these cups now.</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
}
function composed(message: Partial<MailMessage>): string {
  return composeMail({ ...MESSAGE, ...message }, AT).join('')
}

const AT = new Date('2026-03-05T07:08:09Z')

test('nothing that a name, a subject or a header brings begins another header', () => {
  const evil = 'Ana\r\nBcc: all@mail.example\r\n\r\nbody\u2028\u0000'
  const whole = composed({ subject: evil, to: { name: evil, address: 'ana@mail.example\r\nBcc: x@y.example' }, headers: { 'X-A': evil } })
  const head = whole.slice(0, whole.indexOf('\r\n\r\n'))
  assert.doesNotMatch(head, /^Bcc:/im)
  assert.match(whole.slice(head.length), /^\r\n\r\n--=_/)
})

test('every line is at most 76 characters of printable ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 300 }), (text, subject) => {
      for (const line of composed({ subject, text, html: text }).split('\r\n')) {
        assert.match(line, /^[\t -~]*$/)
        assert.ok(line.length <= (line.startsWith('Subject:') ? 998 : 78), line)
      }
    }),
  )
})

test('what was composed is read back as it was by another program', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      async (text, subject, name) => {
        const parsed = await simpleParser(unstuffed(composed({ text, subject, to: { name, address: 'ana@mail.example' } })))
        assert.equal(trimmed(parsed.text ?? ''), trimmed(text))
        assert.equal(words(parsed.subject ?? ''), words(subject))
        const to = Array.isArray(parsed.to) ? parsed.to[0]! : parsed.to!
        assert.equal(to.value[0]!.address, 'ana@mail.example')
        assert.equal(words(to.value[0]!.name), words(name))
        assert.equal(parsed.messageId, MESSAGE.messageId)
        assert.equal(parsed.date!.toISOString(), AT.toISOString())
      },
    ),
    { numRuns: 150 },
  )
})

test('as it is, a text is read back the same, in lines that every server takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 900 }), { minLength: 1, maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      async (blocks, end) => {
        const texts = [...blocks, end]
        const whole = eightBit({ text: texts.map((block, n) => (n % 2 === 0 ? new FixedText(block) : block)), html: '<p>Stop</p>' })
        for (let from = 0, to = whole.indexOf('\r\n'); to !== -1; from = to + 2, to = whole.indexOf('\r\n', from))
          assert.ok(to - from <= 998)
        assert.ok(!whole.includes(0))
        const parsed = await simpleParser(Buffer.from(unstuffed(whole.toString('latin1')), 'latin1'))
        assert.equal(trimmed(parsed.text ?? ''), trimmed(texts.join('\n').toWellFormed()))
      },
    ),
    { numRuns: 150 },
  )
})

test('only a text whose lines are too long, or that no line may hold, is quoted', () => {
  const encodings = (text: string) => [...eightBit({ text }).toString('latin1').matchAll(/^Content-Transfer-Encoding: (.*)\r$/gm)].map((match) => match[1]) // prettier-ignore
  assert.deepEqual(encodings('ü'.repeat(499)), ['8bit', '8bit', '8bit'])
  assert.deepEqual(encodings('ü'.repeat(500)), ['8bit', 'quoted-printable', '8bit'])
  assert.deepEqual(encodings(`\n${'x'.repeat(999)}`), ['8bit', 'quoted-printable', '8bit'])
  assert.deepEqual(encodings('a\0b'), ['8bit', 'quoted-printable', '8bit'])
  assert.ok(eightBit({ text: '.\n..b\r.c' }).includes('\r\n\r\n..\r\n...b\r\n..c\r\n--'))
})

function eightBit(message: Partial<MailMessage>): Buffer {
  const pieces = composeMail({ ...MESSAGE, ...message }, AT, { eightBit: true })
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)))
}

test('a text in blocks is the same message as the text in one, whatever is fixed of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean()), { minLength: 1, maxLength: 8 }),
      (blocks) => {
        const text = blocks.map(([block]) => block).join('\n')
        const inBlocks = blocks.map(([block, isFixed]) => (isFixed ? new FixedText(block) : block))
        assert.equal(composed({ text: inBlocks, html: inBlocks }), composed({ text, html: text }))
        assert.equal(composed({ text: inBlocks }), composed({ text }), 'and again, from what was kept')
      },
    ),
  )
})

test('a line folds softly, its last blank escaped', () => {
  const line = 'Grüße an alle, die eine Tasse gekauft haben – bitte nicht mehr benutzen! '.repeat(4)
  assert.match(quotedPrintable(line), /=20$/)
  assert.ok(
    quotedPrintable(line)
      .split('\r\n')
      .every((part) => part.length <= 76),
  )
})

test('lines that begin with a dot begin with two', () => {
  assert.equal(stuffDots('.\r\na\r\n.\r\n..b'), '..\r\na\r\n..\r\n...b')
  assert.match(composed({ text: ['a', '.', new FixedText('.b')] }), /\r\na\r\n\.\.\r\n\.\.b\r\n/)
})

/** As the server keeps it. */
function unstuffed(message: string): string {
  return message.replaceAll('\r\n..', '\r\n.')
}

function trimmed(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, '\n').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim() // prettier-ignore
}

function words(text: string): string {
  return text.replaceAll(/[\p{Cc}\s\u2028\u2029\u0085]+/gu, ' ').trim()
}
