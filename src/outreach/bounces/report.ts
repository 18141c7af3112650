/** What one message that came back says: to whom, how, and why. Pure. */
import { addressIn, isSystemAddress } from './addresses.ts'
import { readFreeForm } from './free-form.ts'
import { decodeWords, header, partsOf, readEntity, readHeaders, type Entity } from './entity.ts'
import { kindOf, statusIn, type BounceKind } from './status.ts'
import { isAutoReply } from './auto-reply.ts'

/**
 * `hard`: this address will not work; `soft`: it may later; `complaint`: the person said it is spam; `autoreply`: a machine answered for a
 * person who has the message; `none`: no failure at all. `status` is RFC 3463's, '' where nothing tells it; `recipient` '' likewise.
 */
export type BounceReport = { recipient: string; status: string; kind: BounceKind; diagnostic: string }

const DIAGNOSTIC_CHARACTERS_MAX = 500

/** Reads a message as it came, RFC 3464 and 5965 reports and the free-form ones. Bounded work, and an answer for any bytes. */
export function readBounce(message: Buffer): BounceReport {
  const entity = readEntity(message)
  const parts = [...partsOf(entity)]
  return readComplaint(parts) ?? readForwardedComplaint(entity, parts) ?? readDeliveryStatus(entity, parts) ?? readOther(entity, parts)
}

/** RFC 5965. A report that says "not spam", and one on failed authentication (RFC 6591), are no complaints. */
function readComplaint(parts: readonly Entity[]): BounceReport | null {
  const report = parts.find((part) => part.type === 'message/feedback-report')
  if (report === undefined) return null
  const fields = readHeaders(report.text)
  const type = (fields.get('feedback-type')?.[0] ?? '').toLowerCase()
  const kind: BounceKind = /^(?:abuse|fraud|virus|opt-out|opt-out-list|miscategorized|other|dkim)?$/.test(type) ? 'complaint' : 'none'
  const original = originalHeaders(parts)
  const named = ['original-rcpt-to', 'removal-recipient', 'redacted-address'].flatMap((name) => fields.get(name) ?? [])
  const recipient = [...named, ...['x-hmxmroriginalrecipient', 'to', 'x-rcpt-to', 'x-original-to', 'delivered-to'].flatMap((name) => original.get(name) ?? [])].map(addressIn).find((address) => address !== '') // prettier-ignore
  return { recipient: recipient ?? '', status: '', kind, diagnostic: diagnosticOf(type === '' ? 'feedback report' : `feedback report: ${type}`) } // prettier-ignore
}

/** What some providers send instead: the message itself, under a subject that says what it is. */
function readForwardedComplaint(entity: Entity, parts: readonly Entity[]): BounceReport | null {
  const original = originalHeaders(parts)
  const subject = decodeWords(header(entity, 'subject'))
  // Or the message alone, with the person who complained in a field that only such reports bear.
  const reported = addressIn(header(entity, 'x-hmxmroriginalrecipient'))
  if (reported !== '') return { recipient: reported, status: '', kind: 'complaint', diagnostic: diagnosticOf(subject) }
  if (original.size === 0 || !/^\s*(?:complaint about|(?:\[\w+\] )?(?:abuse|spam|junk) (?:report|complaint)|email feedback report)/i.test(subject)) return null // prettier-ignore
  const recipient = ['x-hmxmroriginalrecipient', 'to', 'x-original-to', 'delivered-to'].flatMap((name) => original.get(name) ?? []).map(addressIn).find((address) => address !== '') // prettier-ignore
  return { recipient: recipient ?? '', status: '', kind: 'complaint', diagnostic: diagnosticOf(subject) }
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']

/** RFC 3464. Of several recipients the first that failed; a report that says nothing of the kind is read as free text. */
function readDeliveryStatus(entity: Entity, parts: readonly Entity[]): BounceReport | null {
  const blocks = parts.filter(isStatusPart).flatMap((part) => statusBlocks(part))
  const named = blocks.filter((fields) => recipientOf(fields) !== '' || fields.has('action'))
  if (named.length === 0) return null
  const ranked = named.toSorted((a, b) => ACTIONS.indexOf(actionOf(a)) - ACTIONS.indexOf(actionOf(b)))
  const fields = ranked[0]!
  const free = readFreeForm(entity, parts)
  const diagnostic = diagnosticIn(fields)
  const said = statusIn({ status: first(fields, 'status'), diagnostic, text: free.diagnostic })
  const action = actionOf(fields)
  return {
    recipient: recipientOf(fields) || free.recipient,
    status: said,
    kind: action === 'delivered' || action === 'relayed' || action === 'expanded' || said.startsWith('2') ? 'none' : action === 'delayed' ? 'soft' : kindOf(said, `${diagnostic} ${free.diagnostic}`), // prettier-ignore
    diagnostic: diagnosticOf(diagnostic || free.diagnostic),
  }
}

/** Free-form bounces, replies by machines, and everything else. */
function readOther(entity: Entity, parts: readonly Entity[]): BounceReport {
  // A mail program that asks in its owner's name to be left alone: what a provider would tell as opt-out.
  if (/^\s*unsubscribe\s*$/i.test(header(entity, 'subject')) && entity.headers.has('auto-submitted'))
    return { recipient: addressIn(header(entity, 'from')), status: '', kind: 'complaint', diagnostic: 'unsubscribe' }
  if (isAutoReply(entity)) return { recipient: addressIn(header(entity, 'from')), status: '', kind: 'autoreply', diagnostic: diagnosticOf(decodeWords(header(entity, 'subject'))) } // prettier-ignore
  const free = readFreeForm(entity, parts)
  // What came without a sender to answer to and is no failure was sent by a machine for a person (RFC 3834, 3).
  if (!free.isBounce && header(entity, 'return-path').trim() === '<>' && !isSystemAddress(addressIn(header(entity, 'from'))))
    return { recipient: addressIn(header(entity, 'from')), status: '', kind: 'autoreply', diagnostic: diagnosticOf(decodeWords(header(entity, 'subject'))) } // prettier-ignore
  if (!free.isBounce) return { recipient: '', status: '', kind: 'none', diagnostic: '' }
  const status = statusIn({ status: '', diagnostic: free.diagnostic, text: free.context })
  const kind = free.delayed ? 'soft' : kindOf(status, `${free.diagnostic} ${free.context}`)
  return { recipient: free.recipient, status, kind, diagnostic: diagnosticOf(free.diagnostic) }
}

function isStatusPart(part: Entity): boolean {
  return part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status' || (part.parts.length === 0 && /^(?:Final|Original)-Recipient:/im.test(part.text) && /^Action:/im.test(part.text)) // prettier-ignore
}

/** The groups of fields of a delivery status, one per recipient; the first may be about the message. */
function statusBlocks(part: Entity): Map<string, string[]>[] {
  return part.text
    .split(/\n[ \t]*\n/)
    .map((group) => readHeaders(group))
    .filter((fields) => fields.size > 0)
}

function first(fields: Map<string, string[]>, name: string): string {
  return fields.get(name)?.[0] ?? ''
}

function actionOf(fields: Map<string, string[]>): string {
  const said = first(fields, 'action').toLowerCase()
  return ACTIONS.find((action) => said.startsWith(action)) ?? 'failed'
}

/** The address that we wrote to where the report repeats it, else the one that failed. */
function recipientOf(fields: Map<string, string[]>): string {
  const told = ['original-recipient', 'final-recipient', 'x-actual-recipient'].map((name) => first(fields, name))
  // An address that no server would take is still the one that we wrote to.
  const unusual = () => told.map((text) => /^[\w.-]+\s*;\s*<?([^\s<>@]+@[^\s<>@]+?)>?\s*$/.exec(text)?.[1] ?? '')
  return [...told.map(addressIn), ...unusual()].find((address) => address !== '') ?? ''
}

function diagnosticIn(fields: Map<string, string[]>): string {
  return [...(fields.get('diagnostic-code') ?? []), ...(fields.get('x-notes') ?? []), ...(fields.get('x-supplementary-info') ?? [])].map((text) => decodeWords(text).replace(/^[\w.-]+\s*;\s*/, '')).find((text) => text !== '') ?? '' // prettier-ignore
}

function diagnosticOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, DIAGNOSTIC_CHARACTERS_MAX)
}

/** The head of the message that came back, where it came with it. */
export function originalHeaders(parts: readonly Entity[]): Map<string, string[]> {
  for (const part of parts) {
    if (part.type === 'message/rfc822' && part.parts[0] !== undefined) return part.parts[0].headers
    if (part.type === 'text/rfc822-headers' || part.type === 'message/rfc822-headers') return readHeaders(part.text)
  }
  return new Map()
}
