import { test } from 'node:test'
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { checkMailDns } from './mail-dns.ts'
import { dkimRecord, readDkimKey } from './smtp/dkim.ts'

const key = readDkimKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), { domain: 'market.example', selector: 's1' }) // prettier-ignore
assert.ok(key.ok)
const DKIM = key.value
const RECORDS: Record<string, string[]> = {
  'market.example': ['google-site-verification=x', 'v=spf1 include:relay.example -all'],
  's1._domainkey.market.example': [dkimRecord(DKIM)],
  '_dmarc.market.example': ['v=DMARC1; p=reject'],
}

async function holding(records: Record<string, string[]>, sender = 'safety@market.example') {
  const findings = await checkMailDns(sender, DKIM, async (name) => records[name] ?? [])
  for (const finding of findings)
    assert.equal(finding.advice === '', finding.holds, `${finding.name}: advice where something is to be done`)
  return Object.fromEntries(findings.map((finding) => [finding.name, finding.holds]))
}

test('a DNS that cannot be asked, or says nothing, holds nothing', async () => {
  for (const answer of [null, [] as string[]]) {
    const findings = await checkMailDns('safety@market.example', DKIM, async () => answer)
    assert.ok(findings.every((finding) => !finding.holds && finding.advice !== ''))
  }
})

test('records that protect nobody do not count', async () => {
  assert.deepEqual(await holding({ ...RECORDS, 'market.example': ['v=spf1 +all'] }), { spf: false, dkim: true, dmarc: true })
  assert.deepEqual(await holding({ ...RECORDS, 'market.example': ['v=spf1 -all', 'v=spf1 a -all'] }), {
    spf: false,
    dkim: true,
    dmarc: true,
  })
  assert.deepEqual(await holding({ ...RECORDS, '_dmarc.market.example': ['v=DMARC1; p=none'] }), { spf: true, dkim: true, dmarc: false })
  assert.deepEqual(await holding({ ...RECORDS, 's1._domainkey.market.example': ['v=DKIM1; k=rsa; p=AAAA'] }), {
    spf: true,
    dkim: false,
    dmarc: true,
  })
  assert.deepEqual(await holding(RECORDS, 'safety@other.example'), { spf: false, dkim: false, dmarc: false })
})

test('what is set up right holds, also for a sender below the domain', async () => {
  assert.deepEqual(await holding(RECORDS), { spf: true, dkim: true, dmarc: true })
  const below = { ...RECORDS, 'mail.market.example': ['v=spf1 a ~all'] }
  assert.deepEqual(await holding(below, 'safety@mail.market.example'), { spf: true, dkim: true, dmarc: true })
})
