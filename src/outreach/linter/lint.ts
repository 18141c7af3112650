/** Applies the rules to a notice, and to all notices that a brief can become. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'
import { JURISDICTIONS, type Jurisdiction } from '../../recalls/index.ts'
import type { NoticeAnswer, NoticeBrief } from '../brief.ts'
import { LANGUAGES, type Language } from '../wording/language.ts'
import type { Notice } from '../wording/notice.ts'
import { writeNotice } from '../wording/write-notice.ts'
import { phraseIn, RECALL_WORDS } from './phrases.ts'
import { readNotice, type Reading } from './reading.ts'
import { BANS, DEMANDS, OFFICIAL_HEADINGS, SPECIAL, type Level, type SpecialRule } from './rules.ts'

/** One rule that a notice breaks. `phrase` is what stands there and must not; null where something is missing. */
export type Finding = {
  rule: string
  level: Level
  jurisdiction: Jurisdiction
  language: Language
  what: string
  phrase: string | null
  where: string
  source: string
  todo: string
}

export function lintNotice(notice: Notice, brief: NoticeBrief): Finding[] {
  const reading = readNotice(notice, brief)
  const { jurisdiction, speaker } = notice
  const known = { jurisdiction, language: speaker.language }
  const missing = DEMANDS.filter((rule) => rule.jurisdictions.includes(jurisdiction) && isMissing(rule, reading)).map((rule): Finding => ({
    ...known, rule: rule.id, level: rule.level, what: rule.what, phrase: null, where: 'the notice', source: rule.source, todo: rule.todo,
  })) // prettier-ignore
  const forbidden = BANS.filter((rule) => rule.jurisdictions.includes(jurisdiction)).flatMap(
    (rule) =>
    faultsOf(rule, reading).map(({ phrase, where }): Finding => ({
      ...known, rule: rule.id, level: rule.level, what: rule.what, phrase, where, source: rule.source, todo: rule.todo,
    })), // prettier-ignore
  )
  const special = specialFaults(reading)
    .filter(({ rule }) => rule.jurisdictions.includes(jurisdiction))
    .map(({ rule, where, phrase }): Finding => ({
      ...known, rule: rule.id, level: rule.level, what: rule.what, phrase, where, source: rule.source, todo: rule.todo,
    })) // prettier-ignore
  return [...special, ...missing, ...forbidden]
}

function isMissing({ parts, stated }: (typeof DEMANDS)[number], reading: Reading): boolean {
  const there = parts.flatMap((part) => reading.parts.get(part) ?? [])
  if (stated === undefined) return there.length === 0
  const said = stated(reading.brief.recall, reading)?.trim() ?? null
  // An empty text is stated nowhere but in figures: then it is enough that the part is there.
  if (said === null || (said === '' && there.length === 0 && !isFigure(parts))) return false
  return there.length === 0 || !there.some((text) => text.includes(said))
}

/** Parts whose words are made here from figures of the recall. */
function isFigure(parts: readonly string[]): boolean {
  return parts.some((part) => ['units', 'made', 'price', 'number'].includes(part))
}

function faultsOf(rule: (typeof BANS)[number], { ours, theirs, language }: Reading): { phrase: string; where: string }[] {
  if (rule.agencyToo) {
    return theirs.flatMap(({ text, lang, where }) => {
      const own = LANGUAGES.find((each) => each === lang.split('-')[0])
      const phrase = phraseIn(own === undefined ? LANGUAGES.flatMap((each) => rule.phrases[each]) : rule.phrases[own], text)
      return phrase === null ? [] : [{ phrase, where }]
    })
  }
  return ours.flatMap(({ text, where, exempt }) => {
    const phrase = rule.list !== undefined && exempt === rule.list ? null : phraseIn(rule.phrases[language], text)
    return phrase === null ? [] : [{ phrase, where }]
  })
}

const SIGN_IN_PATH = /\/(?:sign-?in|log-?in|auth|account|session)\b/i

function specialFaults(reading: Reading): { rule: SpecialRule; where: string; phrase: string | null }[] {
  const { notice, brief, language, links } = reading
  const faults: { rule: SpecialRule; where: string; phrase: string | null }[] = []
  const words = RECALL_WORDS[language]
  if (phraseIn(words, notice.subject) === null) faults.push({ rule: SPECIAL.subject, where: 'the subject', phrase: null })
  if (phraseIn(words, notice.heading) === null) faults.push({ rule: SPECIAL.heading, where: 'the heading', phrase: null })
  if (notice.heading !== OFFICIAL_HEADINGS[language]) faults.push({ rule: SPECIAL.official, where: 'the heading', phrase: notice.heading })
  if (!notice.headingRed) faults.push({ rule: SPECIAL.red, where: 'the heading', phrase: null })
  const [first] = notice.sections
  if (notice.signal.trim() === '' || first?.blocks[0]?.kind !== 'steps' || notice.steps([])[0]?.element !== 'stop')
    faults.push({ rule: SPECIAL.stopFirst, where: 'the first section', phrase: null })
  if (brief.remedies.filter((remedy) => ['refund', 'repair', 'replace'].includes(remedy)).length < 2)
    faults.push({ rule: SPECIAL.choice, where: 'the remedies offered', phrase: null })
  for (const { url, where } of links) if (SIGN_IN_PATH.test(url)) faults.push({ rule: SPECIAL.signInLink, where, phrase: url })
  return faults
}

/** Links are the same in every installation; only their beginning is not. */
const SOMEWHERE = 'https://recalls.example'
const ANSWERS: readonly NoticeAnswer[] = ['affected', 'possibly']

/** What is wrong with the notices of a brief: in these languages, for those who are affected and those who may be. Each finding once. */
export function lintBrief(brief: NoticeBrief, languages: readonly Language[] = LANGUAGES): Finding[] {
  const found = new Map<string, Finding>()
  for (const language of languages)
    for (const answer of ANSWERS)
      for (const finding of lintNotice(writeNotice(brief, { language, answer, baseUrl: SOMEWHERE }), brief))
        found.set(`${finding.rule} ${language} ${finding.where} ${finding.phrase ?? ''}`, finding)
  return [...found.values()]
}

/**
 * What is wrong with all that buyers are told by these briefs, the campaign's own first. Buyers of a jurisdiction without a brief are told by the own
 * one, as the law of where they live has it: what that law demands and the agency does not state keeps nobody from being told, and is for a person to
 * look at; what no notice may say blocks there too.
 */
export function lintTold(briefs: readonly [NoticeBrief, ...NoticeBrief[]], languages: readonly Language[] = LANGUAGES): Finding[] {
  const [own] = briefs
  const foreign = JURISDICTIONS.filter((each) => !briefs.some(({ jurisdiction }) => jurisdiction === each))
  return [
    ...briefs.flatMap((brief) => lintBrief(brief, languages)),
    ...foreign
      .flatMap((jurisdiction) => lintBrief({ ...own, jurisdiction }, languages))
      .map((finding) => (isDemand(finding.rule) ? { ...finding, level: 'warns' as const } : finding)),
  ]
}

/** Whether notices by these briefs may be sent: a refusal names the rule, its source, the words and what to do. The campaign's own is the first. */
export function noticesMayGo(briefs: readonly [NoticeBrief, ...NoticeBrief[]]): Result<null> {
  const blocking = lintTold(briefs).filter(({ level }) => level === 'blocks')
  const [first] = blocking
  if (first === undefined) return ok(null)
  const more = blocking.length === 1 ? '' : ` There are ${blocking.length - 1} more: see the notice’s preview.`
  return fail('invalid', `${findingText(first)}${more}`, 'notice')
}

function isDemand(rule: string): boolean {
  return DEMANDS.some(({ id }) => id === rule)
}

/** "The notice for EU buyers in de cannot be sent: …" in full sentences. */
export function findingText({ jurisdiction, language, what, phrase, where, rule, source, todo, level }: Finding): string {
  const fault = phrase === null ? `${what} is missing in ${where}` : `“${phrase}” stands in ${where}: ${what}`
  const begin = level === 'blocks' ? 'cannot be sent' : 'should be looked at'
  return `The notice for ${jurisdiction} buyers (${language}) ${begin}: ${fault}. Rule ${rule} (${source}). ${todo}`
}
