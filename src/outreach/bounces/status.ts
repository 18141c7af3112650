/** Enhanced status codes (RFC 3463) in what a server says, and whether a failure is for good. Pure. */

export type BounceKind = 'hard' | 'soft' | 'complaint' | 'autoreply' | 'none'

const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g
const REPLY = /(?<![\d.,:/-])([45]\d\d)(?=[\s-]|$|[:,.;)\]])(?!\s*(?:bytes|kb|mb|seconds|messages))/g

// What people write instead of a code. The first that is met tells the status.
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/over ?quota|quota (?:\w+ )?exceeded|exceed\w* (?:\w+ ){0,4}quota|mail ?box (?:is )?(?:full|over)|mailbox size limit|mail ?box exceeds|disk space limit|too many messages|insufficient (?:disk|storage)|storage (?:limit|quota)|not enough (?:disk )?space|full mailbox|inbox is full|容量|メールボックスがいっぱい|boîte .{0,20}pleine|postfach .{0,20}voll|exceeded (?:its|the) (?:storage|quota)|disk quota/i, '4.2.2'], // prettier-ignore
  [/(?:hosts?|attempts?|retries|delivery) (?:have |has )?(?:been )?failing for|did not accept our requests to connect|not delivered within|after multiple retries|failed \d+ attempts|(?:aborted|given up|failed) after [\d.]+ (?:hour|day)|could not deliver for the last|host not reachable|not reachable|retry time(?:out)? (?:not reached|exceeded)|(?:message|delivery|retry) (?:has |time )?(?:expired|timed out)|took too long/i, '4.4.7'], // prettier-ignore
  [/user unknown|unknown user|no such (?:user|recipient|mailbox|account|address|person|local)|unknown (?:recipient|local|address|mailbox|account)|does(?:n't| not) exist|not (?:a )?(?:known|valid) (?:user|recipient|mailbox|address)|invalid (?:recipient|mailbox|address|user)|(?:user|recipient|mailbox|account|address|email) (?:\S+ )?(?:is )?(?:not found|not known|unknown|invalid|unavailable|could not be found)|no mailbox here|not listed in|doesn't have an? |does not have an? |no account|bad destination|isn't an? (?:known|valid)|is not a (?:known|valid)|addressee unknown|no longer (?:valid|available|exists|active|with)|not our customer|unrouteable address|該当|存在し|ユーザが見つかりません|宛先不明|見つかりません|n'existe pas|nicht bekannt|existiert nicht|desconocid|no existe|não existe|не существует|не найден|不存在/i, '5.1.1'], // prettier-ignore
  [/host (?:unknown|not found|or domain name not found)|domain (?:\S+ )?(?:not found|does not exist|unknown)|no such (?:host|domain)|name service error|cannot find your|unknown host|couldn't find any host|no (?:mx|mail) (?:record|host|exchanger)|bad domain|unresolvable|nxdomain/i, '5.1.2'], // prettier-ignore
  [/(?:account|mailbox|user|address|recipient) (?:\S+ )?(?:has been |is |was )?(?:disabled|suspended|inactive|deactivated|closed|locked|discontinued|expired)|disabled (?:account|user|mailbox)|no longer (?:accepts?|in use|receives?)/i, '5.2.1'], // prettier-ignore
  [/too (?:large|big)|message size|exceeds? (?:the )?(?:maximum|size)|size (?:limit|exceed)/i, '5.2.3'],
  [/will (?:\w+ ){0,4}(?:retry|keep trying|be retried|try again|continue)|delivery (?:temporarily|has been delayed|is delayed)|not yet been delivered|warning message only|has been delayed|greylist|gr[ae]y-?list|try again later|temporar(?:y|ily)|defer(?:red|ring)?\b|please retry/i, '4.0.0'], // prettier-ignore
  [/relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|not permitted to relay|no relaying|unable to relay/i, '5.7.1'],
  [/timed? ?out|time-?out|connection (?:refused|reset|lost|failed|dropped)|could not connect|couldn't connect|unable to connect|no route to host|network (?:is )?unreachable|not been able to|retry time|too long|queue time|expired|hop count|too many hops|loop/i, '4.4.7'], // prettier-ignore
  [/spam|blocked|blacklist|block ?list|rejected|refused|denied|policy|unsolicited|banned|virus|reputation|not accepted|content/i, '5.7.1'],
]

/** What stands for a status: the field, the most telling code in the server's words, its three digits, or its words. '' where nothing tells. */
export function statusIn(said: { status: string; diagnostic: string; text: string }): string {
  const stated = enhanced(said.status)
  if (stated !== '' && !isVague(stated)) return stated
  const candidates = [said.diagnostic, said.text].map((text) => text.slice(0, SEARCHED_MAX))
  for (const text of candidates) {
    const telling = [...text.matchAll(ENHANCED)].map((match) => match[0]).find((code) => !isVague(code) && code[0] !== '2')
    if (telling !== undefined && (stated === '' || stated[0] === telling[0])) return telling
  }
  if (stated !== '') return stated
  const vague = candidates.flatMap((text) => [...text.matchAll(ENHANCED)]).find(([code]) => code[0] !== '2')?.[0]
  if (vague !== undefined) return vague
  for (const text of candidates) {
    const reply = [...text.matchAll(REPLY)][0]?.[1]
    const worded = inWords(text)
    if (reply !== undefined) return worded === '' ? `${reply[0]}.0.0` : `${reply[0]}${worded.slice(1)}`
    if (worded !== '') return worded
  }
  return ''
}

const SEARCHED_MAX = 20_000

/** Class 5 is for good, class 4 for now (RFC 3463, 2); without a class, words tell, and without them a failure is for good. */
export function kindOf(status: string, words: string): 'hard' | 'soft' {
  const told = status === '' ? inWords(words.slice(0, SEARCHED_MAX)) : status
  return told.startsWith('4') ? 'soft' : 'hard'
}

function inWords(text: string): string {
  return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? ''
}

function enhanced(text: string): string {
  return [...text.matchAll(ENHANCED)][0]?.[0] ?? ''
}

function isVague(code: string): boolean {
  return /^[245]\.0\.0$/.test(code) || /^[45]\.\d+\.0$/.test(code)
}
