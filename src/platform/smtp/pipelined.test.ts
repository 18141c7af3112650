import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { startScriptedRelay, type Script } from '../../../test/scripted-relay.ts'
import type { MailMessage, MailTransport } from '../mail.ts'
import { openPipelinedTransport, type PipelinedOptions } from './pipelined.ts'

async function relayOf(t: TestContext, script: Script, options: Partial<PipelinedOptions> = {}) {
  const relay = await startScriptedRelay(script)
  const elsewhere: string[] = []
  const otherwise: MailTransport = {
    async send(message) {
      elsewhere.push(message.to.address)
      return { outcome: 'accepted', answer: 'by the other way' }
    },
    close() {},
  }
  const transport = openPipelinedTransport({
    host: '127.0.0.1',
    port: relay.port,
    name: 'market.example',
    plain: true,
    silenceSeconds: 2,
    messagesMax: 1_000,
    connections: 1,
    clock: () => new Date('2026-03-05T07:08:09Z'),
    dkim: null,
    otherwise: () => otherwise,
    ...options,
  })
  t.after(async () => {
    transport.close()
    await relay.close()
  })
  return { relay, transport, elsewhere }
}

function messageTo(address: string): MailMessage {
  return {
    messageId: `<${address.split('@')[0]}@market.example>`,
    from: { name: 'Market', address: 'safety@market.example' },
    to: { name: null, address },
    subject: 'Recall: stop using these cups now',
    text: `For ${address}\n.\n..and a line with a dot`,
    html: '<p>Stop</p>',
    headers: {},
  }
}

function sendAll(transport: MailTransport, count: number) {
  return Promise.all(Array.from({ length: count }, (_, n) => transport.send(messageTo(`buyer${n}@mail.example`))))
}

test('a refused recipient is refused, and its neighbours in the pipeline are taken', async (t) => {
  const { relay, transport } = await relayOf(t, {
    rcpt: (to) => (/^buyer[147]@/.test(to) ? `550 5.1.1 no <${to}> here` : '250 ok'),
    data: (to) => (to === '' ? '503 no valid recipients' : '354 go on'),
  })
  const outcomes = await sendAll(transport, 10)
  assert.deepEqual(outcomes.map((each) => each.outcome), Array.from({ length: 10 }, (_, n) => ([1, 4, 7].includes(n) ? 'refused' : 'accepted'))) // prettier-ignore
  assert.equal(outcomes[1]!.answer, '550 5.1.1 no <address> here')
  assert.deepEqual(relay.texts.map((each) => each.to), [0, 2, 3, 5, 6, 8, 9].map((n) => `buyer${n}@mail.example`)) // prettier-ignore
})

test('a server that answers 354 although it took no recipient gets an empty text, which nobody receives', async (t) => {
  const { relay, transport } = await relayOf(t, {
    rcpt: (to) => (to.startsWith('buyer1@') ? '450 4.2.1 later' : '250 ok'),
    text: (to) => (to === '' ? '554 no valid recipients' : '250 taken'),
  })
  const outcomes = await sendAll(transport, 3)
  assert.deepEqual(outcomes.map((each) => each.outcome), ['accepted', 'refused_for_now', 'accepted']) // prettier-ignore
  assert.deepEqual(relay.texts.filter((each) => each.to === '').map((each) => each.text), ['']) // prettier-ignore
})

test('an address or a sender that the server refuses at MAIL costs that message only', async (t) => {
  let mails = 0
  const { transport } = await relayOf(t, {
    mail: () => (++mails === 2 ? '452 4.3.1 full' : '250 ok'),
    rcpt: () => '250 ok',
    data: () => '354 go on',
  })
  const outcomes = await sendAll(transport, 4)
  assert.equal(outcomes.filter((each) => each.outcome === 'accepted').length, 3)
  assert.equal(outcomes.filter((each) => each.outcome === 'refused_for_now').length, 1)
})

test('a message whose text was written and never answered is in doubt; the one behind it goes by another connection', async (t) => {
  const { relay, transport } = await relayOf(t, { text: (to, connection) => (connection === 1 && to.startsWith('buyer1@') ? 'close' : '250 taken') }) // prettier-ignore
  const outcomes = await sendAll(transport, 5)
  assert.deepEqual(outcomes.map((each) => each.outcome), ['accepted', 'failed', 'accepted', 'accepted', 'accepted']) // prettier-ignore
  assert.equal(relay.texts.length, 5, 'none twice')
})

test('a server that falls silent in the text is given up after its time, and is counted in doubt', async (t) => {
  const { transport } = await relayOf(t, { text: (to) => (to.startsWith('buyer0@') ? null : '250 taken') }, { silenceSeconds: 0.2 })
  const outcomes = await sendAll(transport, 2)
  assert.deepEqual(outcomes.map((each) => each.outcome), ['failed', 'accepted']) // prettier-ignore
  assert.match(outcomes[0]!.answer, /no answer within 0\.2 s/)
})

test('a server that closes at DATA has nothing: the message is sent again elsewhere, and not for ever', async (t) => {
  const { relay, transport } = await relayOf(t, { data: (_to, connection) => (connection < 3 ? 'close' : '354 go on') })
  assert.deepEqual((await sendAll(transport, 1)).map((each) => each.outcome), ['accepted']) // prettier-ignore
  assert.equal(relay.connections(), 3)
  const never = await relayOf(t, { data: () => 'close' })
  const outcomes = await sendAll(never.transport, 2)
  assert.deepEqual(outcomes.map((each) => each.outcome), ['refused_for_now', 'refused_for_now']) // prettier-ignore
})

test('421 ends the connection and not the wave', async (t) => {
  const { transport } = await relayOf(t, {
    rcpt: (to, connection) =>
      connection === 1 && to.startsWith('buyer2@') ? { answer: '421 4.3.2 shutting down', andClose: true } : '250 ok',
  })
  const outcomes = await sendAll(transport, 5)
  assert.deepEqual(outcomes.map((each) => each.outcome), ['accepted', 'accepted', 'refused_for_now', 'accepted', 'accepted']) // prettier-ignore
})

test('nobody there, a closed door, and nonsense are answered at once, and are no message in doubt', async (t) => {
  const { relay, transport } = await relayOf(t, {})
  await relay.close()
  assert.match((await transport.send(messageTo('a@mail.example'))).answer, /ECONNREFUSED/)
  for (const script of [{ greeting: '554 not you' }, { greeting: 'HTTP/1.1 400 Bad Request' }, { greeting: '421 later' }]) {
    const { transport: closed } = await relayOf(t, script)
    const outcomes = await sendAll(closed, 3)
    assert.deepEqual(outcomes.map((each) => each.outcome), ['refused_for_now', 'refused_for_now', 'refused_for_now'], script.greeting) // prettier-ignore
  }
})

test('a relay that lets us have fewer connections than we would like is not asked for more again and again', async (t) => {
  const greeting = (open: number) => (open > 3 ? ({ answer: '421 4.7.0 too many connections', andClose: true } as const) : '220 relay')
  const { relay, transport } = await relayOf(t, { greeting }, { connections: 16 })
  const outcomes = await sendAll(transport, 400)
  assert.ok(outcomes.every((each) => each.outcome === 'accepted'))
  assert.equal(relay.texts.length, 400)
  assert.ok(relay.connections() <= 16, `${relay.connections()} connections were asked for`)
})

test('a reply without end is no reply', async (t) => {
  const { transport } = await relayOf(t, { text: () => `250-${'x'.repeat(20_000)}\r\n250-` })
  assert.equal((await transport.send(messageTo('a@mail.example'))).outcome, 'failed')
})

test('a relay without PIPELINING, one that offers encryption, and addresses beyond ASCII go the other way', async (t) => {
  const without = await relayOf(t, { ehlo: '250-relay\r\n250 8BITMIME' }, { connections: 3 })
  await sendAll(without.transport, 7)
  assert.equal(without.elsewhere.length, 7)
  assert.equal(without.relay.texts.length, 0)
  const encrypted = await relayOf(t, { ehlo: '250-relay\r\n250-PIPELINING\r\n250 STARTTLS' }, { plain: false })
  await sendAll(encrypted.transport, 2)
  assert.equal(encrypted.elsewhere.length, 2)
  const plain = await relayOf(t, {})
  await plain.transport.send(messageTo('jörg@mail.example'))
  await plain.transport.send(messageTo('a b@mail.example'))
  assert.deepEqual(plain.elsewhere, ['jörg@mail.example', 'a b@mail.example'])
})

test('replies that no longer belong to their messages end the connection', async (t) => {
  const { relay, transport } = await relayOf(t, { rcpt: (_to, connection) => (connection === 1 ? '354 go on' : '250 ok') })
  assert.deepEqual((await sendAll(transport, 2)).map((each) => each.outcome), ['accepted', 'accepted']) // prettier-ignore
  assert.equal(relay.connections(), 2)
  assert.equal(relay.texts.length, 2)
})

test('a connection that has carried its share says goodbye, and another goes on', async (t) => {
  const { relay, transport } = await relayOf(t, {}, { messagesMax: 10 })
  assert.ok((await sendAll(transport, 35)).every((each) => each.outcome === 'accepted'))
  assert.equal(relay.connections(), 4)
  assert.equal(relay.texts.length, 35)
})

test('dots are stuffed, and replies may come byte by byte', async (t) => {
  const { relay, transport } = await relayOf(t, { drip: true, ehlo: '250-relay\r\n250-pipelining\r\n250 HELP' })
  assert.equal((await transport.send(messageTo('a@mail.example'))).outcome, 'accepted')
  assert.match(relay.texts[0]!.text, /\r\n\.\.\r\n\.\.\.and a line with a dot\r\n/)
})

test('a text beyond ASCII goes as it is to a relay that takes 8BITMIME, is told so, and arrives whole however large it is', async (t) => {
  const mails: string[] = []
  const note = (_connection: number, line: string) => (mails.push(line), '250 ok')
  const { relay, transport } = await relayOf(t, { mail: note }, { connections: 2 })
  const text = `Grüße, 杯子\n${'Bitte nicht mehr benutzen – danke.\n'.repeat(40_000)}`
  const messages = ['a', 'b', 'c', 'd'].map((name) => ({ ...messageTo(`${name}@mail.example`), text }))
  const outcomes = await Promise.all(messages.map((message) => transport.send(message)))
  assert.ok(outcomes.every((each) => each.outcome === 'accepted'))
  for (const { to, text: arrived } of relay.texts) {
    const whole = Buffer.from(arrived, 'latin1').toString('utf8')
    assert.ok(whole.includes(`\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n--=_`), to)
    assert.match(whole, new RegExp(`^To: ${to}\r$`, 'm'))
  }
  assert.deepEqual(new Set(mails), new Set(['MAIL FROM:<safety@market.example> BODY=8BITMIME']))
  const without = await relayOf(t, { mail: note, ehlo: '250-relay\r\n250 PIPELINING' })
  const { privateKey } = generateKeyPairSync('ed25519')
  const signing = await relayOf(t, { mail: note }, { dkim: { domain: 'market.example', selector: 's', algorithm: 'ed25519-sha256', key: privateKey } }) // prettier-ignore
  for (const seven of [without, signing]) {
    assert.equal((await seven.transport.send({ ...messageTo('e@mail.example'), text: 'Grüße' })).outcome, 'accepted')
    assert.match(seven.relay.texts[0]!.text, /Gr=C3=BC=C3=9Fe/)
    assert.equal(mails.at(-1), 'MAIL FROM:<safety@market.example>')
  }
})

test('whatever a relay answers, each message has one outcome, and what was accepted was taken once', async (t) => {
  const kinds = ['250 ok', '450 later', '550 no', '421 bye', 'close'] as const
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ rcpt: fc.constantFrom(...kinds), text: fc.constantFrom(...kinds) }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (plan, connections) => {
        const seen = new Set<string>()
        function treat(kind: (typeof kinds)[number]) {
          return kind === '421 bye' ? { answer: kind, andClose: true as const } : kind
        }
        const { relay, transport } = await relayOf(
          t,
          {
            // A recipient is treated badly once: what is sent again by another connection is taken.
            rcpt(to) {
              const bad = !seen.has(to)
              seen.add(to)
              return bad ? treat(plan[Number(/\d+/.exec(to)![0])]!.rcpt) : '250 ok'
            },
            text: (to) => (to === '' ? '554 nobody' : treat(plan[Number(/\d+/.exec(to)![0])]!.text)),
          },
          { connections },
        )
        const outcomes = await sendAll(transport, plan.length)
        for (const [n, { outcome }] of outcomes.entries()) {
          const taken = relay.texts.filter((each) => each.to === `buyer${n}@mail.example`).length
          assert.ok(taken <= 1, `message ${n} was written ${taken} times`)
          if (outcome === 'accepted') assert.equal(taken, 1)
          if (outcome === 'failed') assert.equal(plan[n]!.text, 'close')
        }
        transport.close()
        await relay.close()
      },
    ),
    { numRuns: 60 },
  )
})
