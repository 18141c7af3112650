import { beforeEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { lookup } from 'node:dns'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { openFeedWorld } from '../../test/feed-world.ts'
import { body, drip, hangUp, openReplay, redirect, silence, stall, status, tagged, type Act } from '../../test/replay-server.ts'
import { fetchOnce, retryAfterOf, type Answered, type Asked } from './fetch.ts'
import { isPublicAddress, publicLookup, refusalOf } from './public-address.ts'

const NOW = new Date('2026-11-23T08:00:00Z')
const { replay, deps, bodies } = await openFeedWorld(() => NOW)

beforeEach(() => void (replay.asked.length = 0))

async function fetching(act: Act, more: Partial<Asked> = {}, signal = new AbortController().signal): Promise<Answered> {
  replay.on('/feed', act)
  const asked = { address: `${replay.origin}/feed`, headers: {}, validators: null, bytesMax: 100_000, noneSays: null }
  return await fetchOnce(deps, { ...asked, ...more }, signal)
}

async function failureOf(act: Act, more: Partial<Asked> = {}): Promise<string> {
  const answer = await fetching(act, more)
  assert.equal(answer.kind, 'failed')
  return answer.kind === 'failed' ? answer.failure.reason : ''
}

async function draftsLeft(): Promise<string[]> {
  const folder = path.join(path.dirname(path.dirname(bodies.pathOf(Buffer.alloc(32)))), 'drafts')
  return await readdir(folder).catch(() => [])
}

describe('an address that may not be asked', () => {
  it('is any of a private network, in every way to write it', () => {
    const addresses = [
      '127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1',
      '255.255.255.255', '192.0.2.1', '198.18.0.1', '::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1',
      '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', 'localhost', '', '1.2.3',
    ] // prettier-ignore
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address)
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])
      assert.equal(isPublicAddress(address), true, address)
    // Every way in which a browser lets an address be written ends as one of these.
    for (const text of ['https://2130706433/', 'https://0x7f.1/', 'https://017700000001/', 'https://[::ffff:7f00:1]/', 'https://127.1/'])
      assert.notEqual(refusalOf(new URL(text), null), null, text)
  })

  it('is no address of the 10.0.0.0 network, whichever', () => {
    fc.assert(fc.property(fc.nat(0xffffff), (n) => !isPublicAddress(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)))
  })

  it('is one that is not https, or has a password, unless it is exactly the one the tests trust', () => {
    for (const text of ['http://example.com/', 'ftp://example.com/', 'file:///etc/passwd', 'https://me:secret@example.com/'])
      assert.notEqual(refusalOf(new URL(text), 'http://127.0.0.1:81'), null, text)
    assert.equal(refusalOf(new URL('https://example.com/'), null), null)
    assert.equal(refusalOf(new URL('http://127.0.0.1:81/x'), 'http://127.0.0.1:81'), null)
    assert.notEqual(refusalOf(new URL('http://127.0.0.1:82/x'), 'http://127.0.0.1:81'), null)
  })

  it('is a name that leads into a private network', async () => {
    const error = await new Promise<Error | null>((resolve) => publicLookup('localhost', { all: true }, resolve))
    assert.match(String(error), /localhost leads to .* which is no public address/)
    const known = await new Promise<Error | null>((resolve) => lookup('localhost', resolve))
    assert.equal(known, null, 'the name itself is known')
  })

  it('is refused where a redirect leads to it, before anything is sent there', async () => {
    const other = await openReplay()
    try {
      for (const location of [
        `${other.origin}/secret`,
        'https://127.0.0.1/',
        'https://169.254.169.254/latest',
        'http://example.com/',
        'file:///etc/passwd',
      ])
        assert.equal(await failureOf(redirect(location)), 'address_refused', location)
      assert.deepEqual(other.asked, [])
    } finally {
      await other.close()
    }
  })

  it('is refused where it would be asked first', async () => {
    const answer = await fetchOnce({ ...deps, trustedOrigin: null }, { address: `${replay.origin}/feed`, headers: {}, validators: null, bytesMax: 1, noneSays: null }, new AbortController().signal) // prettier-ignore
    assert.equal(answer.kind === 'failed' && answer.failure.reason, 'address_refused')
    assert.deepEqual(replay.asked, [])
  })
})

describe('an agency that misbehaves', () => {
  it('is given up on where it says nothing, stalls, drips or hangs up', async () => {
    assert.equal(await failureOf(silence()), 'idle_timeout')
    assert.equal(await failureOf(stall('[{')), 'idle_timeout')
    assert.equal(await failureOf(drip(20)), 'total_timeout')
    assert.equal(await failureOf(hangUp('[{"RecallNumber":')), 'truncated')
    assert.equal(await failureOf((response) => response.destroy()), 'network')
    assert.deepEqual(await draftsLeft(), [], 'nothing half written is left')
  })

  it('is told by its status', async () => {
    const reasons: [number, string][] = [[401, 'forbidden'], [403, 'forbidden'], [404, 'not_found'], [410, 'not_found'], [429, 'throttled'],
      [500, 'server'], [502, 'server'], [503, 'server'], [204, 'status'], [304, 'status'], [400, 'status']] // prettier-ignore
    for (const [code, reason] of reasons) assert.equal(await failureOf(status(code)), reason, String(code))
    const denied = await fetching(status(403, '<h1>Access\n denied</h1>'))
    assert.equal(denied.kind === 'failed' && denied.failure.said, 'it answers with status 403: <h1>Access denied</h1>')
  })

  it('may say when to come again', async () => {
    const throttled = await fetching(status(429, '', { 'retry-after': '17' }))
    assert.deepEqual(throttled.kind === 'failed' && [throttled.failure.reason, throttled.failure.retryAfterMs], ['throttled', 17_000])
    assert.equal(await failureOf(status(503, '', { 'retry-after': '1' })), 'throttled')
    assert.equal(retryAfterOf('Mon, 23 Nov 2026 08:02:00 GMT', NOW), 120_000)
    assert.equal(retryAfterOf('Mon, 23 Nov 2020 08:02:00 GMT', NOW), 0)
    assert.deepEqual([retryAfterOf('soon', NOW), retryAfterOf('-5', NOW), retryAfterOf(undefined, NOW)], [null, null, null])
  })

  it('is not listened to beyond the bytes that are taken, whatever it said', async () => {
    assert.equal(await failureOf(body('x'.repeat(100_001))), 'too_large')
    assert.equal(
      await failureOf((response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end('x'.repeat(100_001))),
      'too_large',
    )
    assert.deepEqual(await draftsLeft(), [])
  })

  it('is refused where it packs its answer as nobody asked', async () => {
    assert.equal(await failureOf(body('x', { 'content-encoding': 'br' })), 'encoding')
  })

  it('is not followed in circles, nor to nowhere', async () => {
    assert.equal(await failureOf(redirect('/feed')), 'redirects')
    assert.equal(replay.asked.length, deps.limits.redirectsMax + 1)
    assert.equal(await failureOf(redirect('https://')), 'redirects')
  })

  it('is left at once when this process stops', async () => {
    const stopping = new AbortController()
    const answer = fetching(silence(), {}, stopping.signal)
    stopping.abort()
    const stopped = await answer
    assert.equal(stopped.kind === 'failed' && stopped.failure.reason, 'stopped')
  })
})

describe('an agency that is well', () => {
  it('has its answer kept byte for byte, as it came over the wire', async () => {
    const packed = gzipSync('[]')
    for (const [content, headers] of [
      ['[ ]\n', {}],
      [packed, { 'content-encoding': 'gzip' }],
    ] as const) {
      const answer = await fetching(body(content, { etag: '"a"', 'last-modified': 'Thu, 19 Nov 2026 10:00:00 GMT', ...headers }))
      assert.ok(answer.kind === 'body')
      assert.deepEqual(await readFile(bodies.pathOf(answer.body.sha256)), Buffer.from(content))
      assert.deepEqual([answer.etag, answer.lastModified], ['"a"', 'Thu, 19 Nov 2026 10:00:00 GMT'])
    }
    assert.equal(replay.asked[0]!.headers['user-agent'], 'Tocsin test')
  })

  it('says that nothing changed, or that nothing matches', async () => {
    const act = tagged('[]', '"v1"')
    assert.equal((await fetching(act, { validators: { etag: '"v1"', lastModified: null } })).kind, 'not_modified')
    assert.equal((await fetching(act, { validators: { etag: '"v0"', lastModified: null } })).kind, 'body')
    const none = status(404, '{"error":{"code":"NOT_FOUND","message":"No matches found!"}}')
    assert.equal((await fetching(none, { noneSays: 'NOT_FOUND' })).kind, 'none')
    assert.equal(await failureOf(none), 'not_found')
    assert.equal(await failureOf(status(404, '<h1>Not Found</h1>'), { noneSays: 'NOT_FOUND' }), 'not_found')
  })

  it('is followed where it has moved, and to its next page', async () => {
    replay.on('/new', body('[]', { link: '</feed?page=2>; rel="next", </feed>; rel="first"' }))
    const answer = await fetching(redirect('/new'))
    assert.equal(answer.kind === 'body' && answer.next, `${replay.origin}/feed?page=2`)
  })
})
