/** Replies that a machine gives for a person: out of office, received with thanks (RFC 3834). Pure. */
import { isSystemAddress, addressIn } from './addresses.ts'
import { decodeWords, header, type Entity } from './entity.ts'

const SUBJECT =
  /^(?:\W*(?:re|aw|sv|vs|antw|r|tr|rif|fwd?)\s*:)*\W*(?:auto(?:mat\p{L}{1,7})?[\s:_-]*(?:repl(?:y|ies)|respon[sd]e?r?|antwor[td]|antwoord|r[eé]ponse|risposta|respuesta|resposta|svar|odpowied[źz]|answer)|(?:r[eé]ponse|respuesta|risposta|resposta|odpowied[źz]) autom|out[- ]of[- ](?:the[- ])?office|out of the ?office|ooo\b|abwesen|on vacation|vacation|away from|i am (?:away|out)|absen(?:ce|t|za)|afwezig|fuori (?:sede|ufficio)|fuera de la oficina|ausencia|aus[eê]ncia|nieobecno|fr[aå]nvaro|autosvar|poissa|自动回复|自動回覆|自動返信|自動応答|不在|автоответ|autoreply|auto:)/iu

/** By the fields that programs set for this, else by what such replies call themselves. A report of a mail system is none. */
export function isAutoReply(entity: Entity): boolean {
  if (isSystem(header(entity, 'from')) && !SUBJECT.test(decodeWords(header(entity, 'subject')))) return false
  if (entity.type === 'multipart/report' || header(entity, 'x-failed-recipients') !== '') return false
  const submitted = header(entity, 'auto-submitted').toLowerCase()
  if (submitted.startsWith('auto-replied')) return true
  const flagged = ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-auto-reply', 'x-autoreply-from', 'x-autoresponder', 'x-mail-autoreply', 'x-vacation', 'x-cron-autoreply'].some((name) => entity.headers.has(name)) // prettier-ignore
  if (flagged || /auto[_-]?reply/i.test(header(entity, 'precedence')) || /oof|auto/i.test(header(entity, 'x-ms-exchange-generated-message-source'))) return true // prettier-ignore
  return SUBJECT.test(decodeWords(header(entity, 'subject')))
}

function isSystem(from: string): boolean {
  return isSystemAddress(addressIn(from)) || from.trim() === '<>' || /^\W*(?:mailer-daemon|post[-_]?master)\W*$/i.test(from)
}
