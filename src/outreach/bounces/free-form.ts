/** What mail servers of every age write in prose when they give a message back. Pure; kinds of sentences, never one server's software. */
import { addressesIn, addressIn, isSystemAddress } from './addresses.ts'
import { decodeWords, header, readHeaders, textOfHtml, type Entity } from './entity.ts'

/** `diagnostic`: the words about this recipient; `context`: all the prose. `delayed`: the server goes on trying. */
export type FreeForm = { isBounce: boolean; recipient: string; diagnostic: string; context: string; delayed: boolean }

const SUBJECT =
  /undeliver|delivery (?:status|failure|error|problem|report|notification|has failed|incomplete|attempt)|(?:mail|message|e-?mail) (?:delivery|system|status|could not|not delivered|was not delivered)|fail(?:ure|ed) (?:notice|delivery|mail|report)|returned (?:mail|to sender)|non.?deliver|not delivered|could not be delivered|delivery.*(?:fail|delay)|(?:delayed|failed|warning|rejected) (?:mail|message|delivery)|mail failure|warning: (?:message|could not)|rejected|bounce|ndn:|unzustellbar|nicht zugestellt|non remis|no se (?:ha )?(?:pud|entreg)|non recapitat|n[aã]o entregue|olevererbar|недоставлен|не доставлен|配信|送信エラー|エラー|退信|系统退信|meldung|Zustell|returnerad|mail delivery/i
const SENDER =
  /mailer[-_. ]?daemon|mail[-_. ]?(?:delivery|daemon|system|administrator|router)|post[-_ ]?master|mdaemon|mail delivery|delivery subsystem|microsoft exchange|system administrator|bounce|no[-_]?reply/i
/** Where the copy of what was sent begins in a message without parts. */
const COPY =
  /^(?:\W*(?:-{2,}|={3,}|\*{3,}|_{3,}|>{2,}|#{3,})?\W*(?:this is a copy of|below this line is a copy|the original message|original message|returned message|message headers? follow|unsent message|(?:a )?(?:copy|summary) of (?:the|your)\b.{0,40}\b(?:message|mail)|message text follows|your original|headers? of the|the (?:following|first)\b.{0,40}\bheaders?|included below|your message (?:follows|reads)|received from|message contents|the message (?:that )?(?:you sent|returned)|undelivered message|start of (?:the )?(?:returned|original)|body of message|--+ ?returned|bounced mail follows|original mail|Ursprüngliche|transcript of (?:the )?message)|Return-Path: ?|Received: ?(?:from|by|\(qmail))/i

const STRONG: readonly RegExp[] = [
  // What a server was told in the session: "RCPT TO:<ana@mail.example>".
  /\brcpt to:\s*<?([^\s<>]+@[^\s<>:;,]+)/i,
  // An address for a name: "ana@mail.example <ana@mail.example>".
  /^\s*\S+@\S+\s+<([^\s<>]+@[^\s<>]+)>/,
  // "<ana@mail.example>:" and "ana@mail.example:" at the beginning of a line: qmail, Postfix, Exim, Courier.
  /^\s*(?:[-*>•]\s*)?<?([^\s<>]+@[^\s<>:;,]+)>?\s*:?\s*$/i,
  /^\s*<?([^\s<>]+@[^\s<>:;,()]+)>?\s*(?::|\.{3}|->|=>|-{2,}| - |\(|;)/i,
  // "Recipient: ana@mail.example", "Failed recipient [..]", "To: <..>", "could not be delivered to <..>".
  /(?:recipients?|addressee|addresses|address|mailbox|user|rcpt to|envelope-to|delivered to|deliver(?:y)? (?:mail |message |it )?to|sent to|to|for|宛先|送信先|收件人|адрес\w*|destinat[aeio]\w*|Empf[aä]nger)\s*(?:address(?:es)?)?\s*[:=>)\]"'「(<]*\s*<?([^\s<>"'()[\]]+@[^\s<>"'()[\],;:]+)/i,
]

const DELAYED =
  /will (?:\w+ ){0,4}(?:retry|keep trying|be retried|try again|continue (?:to )?(?:try|retry|attempt))|delivery (?:is|has been|was) delayed|has been delayed|not yet (?:been )?delivered|warning message only|do(?: not|n't) need to (?:resend|do anything)|still (?:trying|being)|no action is required|delivery attempts will continue/i
const GIVEN_UP = /given up|giving up|permanent|could not be delivered|returned|failed permanently|gave up/i

export function readFreeForm(entity: Entity, parts: readonly Entity[]): FreeForm {
  const subject = decodeWords(header(entity, 'subject'))
  const prose = proseOf(parts)
  const { said, copy } = splitCopy(prose)
  const original = new Map([...readHeaders(copy.trim()), ...headOfOriginal(parts)])
  const ours = new Set([...entity.headers.get('to') ?? [], ...entity.headers.get('delivered-to') ?? [], ...original.get('from') ?? [], ...original.get('return-path') ?? [], ...original.get('sender') ?? [], ...original.get('reply-to') ?? []].flatMap(addressesIn).map((each) => each.toLowerCase())) // prettier-ignore
  const failed = (entity.headers.get('x-failed-recipients') ?? []).flatMap(addressesIn)
  const from = `${decodeWords(header(entity, 'from'))} ${header(entity, 'return-path')}`
  const sentTo = ['x-failed-recipients', 'to', 'x-rcpt-to', 'x-envelope-to', 'envelope-to', 'delivered-to', 'cc'].flatMap((name) => original.get(name) ?? []).flatMap(addressesIn) // prettier-ignore
  for (const received of original.get('received') ?? [])
    sentTo.push(...addressesIn(/\bfor\s+<?([^\s<>;]+@[^\s<>;]+)/i.exec(received)?.[1] ?? ''))
  const chosen = failed[0] !== undefined ? { recipient: failed[0], at: said.indexOf(failed[0]), score: 9 } : chooseRecipient(said, ours, sentTo, { subject, from }) // prettier-ignore
  const isBounce =
    failed.length > 0 ||
    (chosen.score >= 4 && LEAD.test(`${subject}\n${said.slice(0, 3_000)}`) && !entity.headers.has('references')) ||
    (isSystemSender(from) && sentTo.length > 0) ||
    (SUBJECT.test(subject) && (SENDER.test(from) || header(entity, 'return-path').trim() === '<>' || sentTo.length > 0)) ||
    (SENDER.test(from) && isSystemSender(from) && FAILURE.test(said)) ||
    (header(entity, 'return-path').trim() === '<>' && FAILURE.test(said)) ||
    (isSystemSender(from) && SESSION.test(said))
  const { recipient, at } = chosen
  return {
    isBounce,
    recipient,
    diagnostic: aroundOf(said, recipient, at),
    context: said,
    delayed: DELAYED.test(`${subject}\n${said}`) && !GIVEN_UP.test(said),
  }
}

const FAILURE =
  /(?:could|can|was|has|have|did)(?: ?not|n't) (?:be |been )?(?:deliver|sen[dt]|reach)|undeliver|permanent|fail(?:ed|ure)|unknown|rejected|no such|invalid|not (?:a )?valid|not taken|does not exist|not found|returned|unable to|エラー|失败|ne put|nicht|no se pudo|non (?:è|e') stato|delivered/i

/** A session in which a server refused what it was told: "In: RCPT TO:<…>", below it "Out: 451 …". */
const SESSION = /^\s*(?:in:|>>>|c:)\s*rcpt to:[\s\S]*^\s*(?:out:|<<<|s:)\s*[45]\d\d[ -]/im

/** Sentences that lead to the addresses that failed. */
const LEAD =
  /(?:could|can|was|were|did|has|have)(?: ?not|n't) (?:be |been )?(?:deliver|sen[dt]|reach)|undeliverable to|permanent (?:fatal )?errors?|non-delivery|following (?:e-?mail )?(?:address|recipient)|unable to deliver|delivery (?:to the following|failed|has failed)|(?:error|fail\w*|problem) (?:while )?(?:deliver|sending)|user unknown|no such user|invalid (?:user )?address|pas pu [eê]tre|nicht (?:zugestellt|zustell)|no se pudo entregar|non (?:[eè]|e') stato possibile|配信できませんでした|送信できません|returned permanent errors/i

function isSystemSender(from: string): boolean {
  return addressesIn(from).some(isSystemAddress) || /mail(?:er)?[-_ .]?(?:daemon|delivery)|post[-_ ]?master|<>/i.test(from)
}

/** The prose of the parts that are no copy of what was sent, HTML where there is no plain text. */
function proseOf(parts: readonly Entity[]): string {
  const inCopy = new Set(
    parts.filter((part) => part.type === 'message/rfc822').flatMap((part) => part.parts.flatMap((each) => [...withParts(each)])),
  )
  const own = parts.filter((part) => !inCopy.has(part))
  const plain = own.filter((part) => part.parts.length === 0 && /^text\/plain|^text$/.test(part.type) || (part.parts.length === 0 && !/\//.test(part.type))).map((part) => part.text) // prettier-ignore
  const html = own.filter((part) => part.parts.length === 0 && part.type === 'text/html').map((part) => textOfHtml(part.text))
  const preamble = own.filter((part) => part.parts.length > 0 && part.type.startsWith('multipart/')).map((part) => part.text)
  const said = plain.some((text) => /@/.test(text)) ? plain : [...plain, ...html]
  return [...said, ...(said.every((text) => !text.includes('@')) ? preamble : [])].join('\n\n').slice(0, PROSE_MAX)
}

const PROSE_MAX = 60_000

function* withParts(entity: Entity): Generator<Entity, void, undefined> {
  yield entity
  for (const part of entity.parts) yield* withParts(part)
}

function headOfOriginal(parts: readonly Entity[]): Map<string, string[]> {
  for (const part of parts) {
    if (part.type === 'message/rfc822' && part.parts[0] !== undefined) return part.parts[0].headers
    if (part.type === 'text/rfc822-headers' || part.type === 'message/rfc822-headers') return readHeaders(part.text)
  }
  return new Map()
}

function splitCopy(prose: string): { said: string; copy: string } {
  const lines = prose.split('\n')
  const at = lines.findIndex((line, index) => index > 0 && line.length < 200 && COPY.test(line))
  if (at === -1) return { said: prose, copy: '' }
  const rest = lines.slice(/^(?:Return-Path|Received):/i.test(lines[at]!) ? at : at + 1)
  while (rest.length > 0 && !/^[!-9;-~]+:/.test(rest[0]!.replace(/^[> \t]+/, ''))) rest.shift()
  return { said: lines.slice(0, at).join('\n'), copy: rest.map((line) => line.replace(/^> ?/, '')).join('\n') }
}

/** The address that is told to have failed: one on a line of its own before one in a sentence, one that we wrote to before any other. */
function chooseRecipient(
  said: string,
  ours: ReadonlySet<string>,
  sentTo: readonly string[],
  { subject, from }: { subject: string; from: string },
): { recipient: string; at: number; score: number } {
  const wanted = new Set(sentTo.map((each) => each.toLowerCase()))
  let best = { recipient: '', at: -1, score: 0 }
  let at = 0
  let led = 0
  const told: string[] = []
  const lines = said.split('\n').slice(0, LINES_MAX)
  for (const [number, line] of lines.entries()) {
    const cut = line.slice(0, 1_000)
    // The head of what was sent, told again, says to whom it went and not whom it did not reach: a list, for example.
    const quoted =
      /^\s*(?:to|cc):/i.test(cut) && lines.slice(number + 1, number + 7).some((below) => /^\s*(?:subject|sent|date):/i.test(below))
    const strong = STRONG.map((pattern) => addressIn(pattern.exec(cut)?.[1] ?? ''))
    led = LEAD.test(cut) ? LED_LINES : Math.max(0, led - 1)
    for (const address of addressesIn(cut)) {
      const key = address.toLowerCase()
      if (quoted) told.push(address)
      const place = strong.indexOf(address)
      let score = 1 + (place === -1 || quoted ? 0 : Math.min(4, STRONG.length + 1 - place))
      if (wanted.has(key)) score += quoted ? 1 : 4
      if (led > 0) score += cut.trimStart().startsWith(address) ? 5 : 3
      if (ours.has(key)) score -= 4
      if (/\bfrom:?\s+<?$/i.test(cut.slice(0, cut.indexOf(address)))) score -= 4
      if (isSystemAddress(address)) score -= 3
      if (/message-id|^\s*(?:from|sender|reply-to|return-path|received|by|contact)\b|support|help ?desk|forward this|please (?:contact|e-?mail)|questions/i.test(cut)) score -= 2 // prettier-ignore
      if (score > best.score) best = { recipient: address, at: at + cut.indexOf(address), score }
    }
    at += line.length + 1
  }
  if (best.recipient !== '') return { ...best, recipient: expandedFrom(said, best) ?? best.recipient }
  const named = bareName(said, from)
  if (named !== '') return { recipient: named, at: said.indexOf(named.split('@')[0]!), score: 4 }
  const other = [...sentTo, ...told, ...addressesIn(subject)].find((address) => !isSystemAddress(address))
  return { recipient: other ?? '', at: -1, score: 0 }
}

/** The address that we wrote to, where the one that failed was made of it: "<final@mail.example> (expanded from <ana@mail.example>)". */
function expandedFrom(said: string, { recipient, at }: { recipient: string; at: number }): string | undefined {
  const behind = said.slice(at + recipient.length, at + recipient.length + 200)
  return (
    addressIn(
      /^>?:?\s*\((?:expanded|generated|ultimately generated|forwarded) from:?\s*<?([^\s<>()]+@[^\s<>()]+)/i.exec(behind)?.[1] ?? '',
    ) || undefined
  )
}

/** A name without a domain on the first line below such a sentence: one of the server that writes. */
function bareName(said: string, from: string): string {
  const domain = addressesIn(from).find(isSystemAddress)?.split('@')[1]
  const lead = /(?:following|these) (?:recipients?|users?|addresse?s?)\b[\s\S]{0,200}?:\s*\n|delivered to the following:\s*\n/i.exec(said)
  if (domain === undefined || lead === null) return ''
  const name = /^\s*([A-Za-z0-9][\w.+-]*)[ \t]*(?:\n|$|[ \t]{2})/.exec(said.slice(lead.index + lead[0].length))?.[1]
  return name === undefined ? '' : `${name}@${domain}`
}

const LINES_MAX = 400
/** Lines below such a sentence that still belong to it. */
const LED_LINES = 6

/** The words about a recipient: its line and those that follow, up to a blank line that is followed by something else. */
function aroundOf(said: string, recipient: string, at: number): string {
  if (recipient === '' || at < 0) return firstTelling(said)
  const start = said.lastIndexOf('\n', at) + 1
  const around = said.slice(start, start + 1_200)
  const lines = around.split('\n')
  const kept = [lines[0]!]
  for (const line of lines.slice(1, 14)) {
    if (line.trim() === '' && kept.length > 1 && kept.join(' ').replace(recipient, '').trim().length > 20) break
    if (kept.length > 1 && /^\s*<?[^\s<>]+@[^\s<>]+>?:?\s*$/.test(line)) break
    kept.push(line)
  }
  const text = kept.join(' ').replaceAll(/\s+/g, ' ').trim()
  return text.length > recipient.length + 12 ? text : `${text} ${firstTelling(said)}`.trim()
}

function firstTelling(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  return lines.find((line) => /\b[45]\d\d[ -]|\b[45]\.\d\.\d/.test(line)) ?? lines.find((line) => FAILURE.test(line)) ?? lines.find((line) => line !== '') ?? '' // prettier-ignore
}
