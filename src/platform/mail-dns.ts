/**
 * Whether receivers can tell that mail is ours: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) as the DNS has them. A notice of a recall is
 * what forgers send most gladly.
 */
import { dkimRecord, type DkimKey } from './smtp/dkim.ts'

/** The TXT records of a name, each in one piece; null where the DNS cannot be asked. None: an empty list. */
export type TxtLookup = (name: string) => Promise<string[] | null>

export type MailFinding = { name: 'spf' | 'dkim' | 'dmarc'; holds: boolean; found: string; advice: string }

/** `dkim` is the key that this installation signs with; null where the relay signs, whose selector we then do not know. */
export async function checkMailDns(sender: string, dkim: DkimKey | null, lookup: TxtLookup): Promise<MailFinding[]> {
  const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase()
  return [
    spfFinding(domain, await lookup(domain)),
    dkim === null ? signedByRelay() : dkimFinding(dkim, await lookup(`${dkim.selector}._domainkey.${dkim.domain}`), domain),
    dmarcFinding(domain, await dmarcRecords(domain, lookup)),
  ]
}

const UNASKED = 'the DNS could not be asked'

function spfFinding(domain: string, records: string[] | null): MailFinding {
  const found = records?.filter((record) => /^v=spf1(?: |$)/i.test(record)) ?? []
  const advice = `Publish one TXT record at ${domain} that names your relay, such as "v=spf1 include:relay.example -all".`
  if (records === null) return { name: 'spf', holds: false, found: UNASKED, advice }
  if (found.length === 0) return { name: 'spf', holds: false, found: 'no record', advice }
  if (found.length > 1)
    return {
      name: 'spf',
      holds: false,
      found: `${found.length} records`,
      advice: `Receivers take more than one SPF record for none. ${advice}`,
    }
  if (/[ +]\+?all\b/i.test(found[0]!) && !/[-~?]all\b/i.test(found[0]!))
    return {
      name: 'spf',
      holds: false,
      found: found[0]!,
      advice: 'This record lets everybody send in your name. End it with -all or ~all.',
    }
  return { name: 'spf', holds: true, found: found[0]!, advice: '' }
}

function signedByRelay(): MailFinding {
  return {
    name: 'dkim',
    holds: true,
    found: 'not signed here',
    advice: 'Your relay has to sign. To sign here, set DKIM_KEY_FILE and DKIM_SELECTOR.',
  }
}

function dkimFinding(dkim: DkimKey, records: string[] | null, domain: string): MailFinding {
  const name = `${dkim.selector}._domainkey.${dkim.domain}`
  const wanted = dkimRecord(dkim)
  const advice = `Publish this TXT record at ${name}: ${wanted}`
  if (records === null) return { name: 'dkim', holds: false, found: UNASKED, advice }
  if (dkim.domain !== domain && !domain.endsWith(`.${dkim.domain}`))
    return {
      name: 'dkim',
      holds: false,
      found: `signed for ${dkim.domain}, sent by ${domain}`,
      advice: 'DMARC wants both to belong together.',
    }
  const keys = records.map(publicKeyOf).filter((key) => key !== null)
  if (keys.length === 0) return { name: 'dkim', holds: false, found: 'no record', advice }
  if (!keys.includes(publicKeyOf(wanted)!)) return { name: 'dkim', holds: false, found: 'another key', advice }
  return { name: 'dkim', holds: true, found: `${name} has our key`, advice: '' }
}

function publicKeyOf(record: string): string | null {
  return /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replaceAll(/\s/g, '') ?? null
}

/** The record of the domain, or of the one above it where it has none (RFC 7489, 6.6.3, without a list of public suffixes). */
async function dmarcRecords(domain: string, lookup: TxtLookup): Promise<string[] | null> {
  const own = await lookup(`_dmarc.${domain}`)
  const labels = domain.split('.')
  if (own === null || own.some((record) => /^v=DMARC1/i.test(record)) || labels.length < 3) return own
  return await lookup(`_dmarc.${labels.slice(1).join('.')}`)
}

function dmarcFinding(domain: string, records: string[] | null): MailFinding {
  const advice = `Publish a TXT record at _dmarc.${domain}, such as "v=DMARC1; p=reject; rua=mailto:dmarc@${domain}".`
  if (records === null) return { name: 'dmarc', holds: false, found: UNASKED, advice }
  const record = records.find((each) => /^v=DMARC1\s*;/i.test(each))
  if (record === undefined) return { name: 'dmarc', holds: false, found: 'no record', advice }
  const policy = /;\s*p=\s*(\w+)/i.exec(record)?.[1]?.toLowerCase()
  if (policy !== 'reject' && policy !== 'quarantine')
    return {
      name: 'dmarc',
      holds: false,
      found: record,
      advice: 'p=none asks nobody to keep forged notices out. Go on to p=quarantine and p=reject.',
    }
  return { name: 'dmarc', holds: true, found: record, advice: '' }
}
