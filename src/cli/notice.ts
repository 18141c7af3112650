/** `tocsin notice`: whether what buyers would be told keeps the law of where they live, offline or for an open campaign. */
import { agencyNamed, recallsOfFile, type FeedProblem } from '../feeds/index.ts'
import { findingText, isLanguage, LANGUAGES, lintBrief, lintTold, noticeText, selectBriefs, type Finding, type Language, type NoticeBrief } from '../outreach/index.ts' // prettier-ignore
import { JURISDICTIONS, jurisdictionOfAgency, recallId, type Agency, type Jurisdiction, type Recall } from '../recalls/index.ts'
import { count, say } from '../platform/terminal.ts'
import { readArgs, withRuntime } from './shared.ts'
import type { Verb } from './usage.ts'

const HELP = `npx tocsin notice lint CAMPAIGN | --recall FILE [--agency AGENCY] [--jurisdiction EU] [--language de] [--show] [--json]

Says what a notice lacks that its law demands, or says that its law forbids, each with the rule and its source. Exit code 0: it may be sent;
1: something blocks it.
CAMPAIGN            an open campaign: the briefs that its buyers are told by
--recall FILE       without a database: every recall in the agency's own file (JSON array, JSON lines, also .gz)
--agency AGENCY     whose file it is; CPSC where it is left out
--jurisdiction J    one of ${JURISDICTIONS.join(', ')}; all where it is left out
--language L        one of ${LANGUAGES.join(', ')}; all where it is left out
--show              print the notice too; needs --jurisdiction and --language
--json              one line of JSON per finding

  npx tocsin notice lint CPSC-23774
  npx tocsin notice lint --recall cpsc.ndjson.gz --jurisdiction EU --language de
  npx tocsin notice lint --recall one.json --jurisdiction US --language es --show`

const OPTIONS = {
  recall: { type: 'string' },
  agency: { type: 'string' },
  jurisdiction: { type: 'string' },
  language: { type: 'string' },
  show: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

type Asked = { jurisdictions: readonly Jurisdiction[]; languages: readonly Language[]; show: boolean; json: boolean }

/** Findings printed in sentences; all are counted. */
const SHOWN_MAX = 40

export const notice: Verb = {
  name: 'notice',
  summary: 'check what buyers are told against the law',
  help: HELP,
  run: async (args) => {
    const read = readArgs(args, OPTIONS, HELP)
    if (read === null) return 2
    const { recall: file, agency: named, jurisdiction, language, show, json } = read.values
    const [action, campaignId, ...rest] = read.positionals
    const agency = agencyNamed(named ?? 'CPSC')
    const law = JURISDICTIONS.find((each) => each === jurisdiction?.toUpperCase())
    const wrong =
      action !== 'lint' ? 'The one thing to do is lint.'
      : rest.length > 0 || (campaignId === undefined) === (file === undefined) ? 'Give a campaign, or --recall FILE.'
      : jurisdiction !== undefined && law === undefined ? `There is no jurisdiction ${jurisdiction}.`
      : language !== undefined && !isLanguage(language) ? `Notices are not written in ${language}.`
      : agency === null ? `There is no agency ${named}.`
      : show && (law === undefined || language === undefined) ? 'Say with --jurisdiction and --language which notice to show.'
      : null // prettier-ignore
    if (wrong !== null || agency === null) {
      say(`${wrong}\n\n${HELP}`)
      return 2
    }
    const asked: Asked = {
      jurisdictions: law === undefined ? JURISDICTIONS : [law],
      languages: language !== undefined && isLanguage(language) ? [language] : LANGUAGES,
      show,
      json,
    }
    return file === undefined ? lintCampaign(campaignId!, asked) : lintFile(file, agency, asked)
  },
}

async function lintCampaign(campaignId: string, asked: Asked): Promise<number> {
  return withRuntime(async ({ deps: { database } }) => {
    const kept = await selectBriefs(database.db, campaignId)
    const newest = kept.filter((each) => !kept.some((other) => other.jurisdiction === each.jurisdiction && other.briefNo > each.briefNo))
    const own = newest.find((each) => each.own)
    if (own === undefined) {
      say(`There is no open campaign ${campaignId}.`)
      return 1
    }
    const others = newest.filter((each) => !each.own)
    if (asked.show) show(asked.jurisdictions.map((law) => others.find(({ jurisdiction }) => jurisdiction === law)?.brief ?? { ...own.brief, jurisdiction: law }), asked) // prettier-ignore
    const found = lintTold([own.brief, ...others.map((each) => each.brief)], asked.languages)
    return report(
      found.filter(({ jurisdiction }) => asked.jurisdictions.includes(jurisdiction)).map((finding) => ({ of: campaignId, finding })),
      1,
      asked,
    )
  })
}

async function lintFile(file: string, agency: Agency, asked: Asked): Promise<number> {
  const found: { of: string; finding: Finding }[] = []
  let recalls = 0
  const problems: FeedProblem[] = []
  for await (const recall of recallsOfFile(agency, file, (problem) => void problems.push(problem))) {
    recalls++
    const briefs = asked.jurisdictions.map((jurisdiction) => briefOf(recall, jurisdiction))
    if (asked.show) show(briefs, asked)
    // Whoever names a law asks for all of it; else the agency's own law holds, and the others as a campaign has it.
    const findings = briefs.length === 1 ? lintBrief(briefs[0]!, asked.languages) : lintTold([briefOf(recall)], asked.languages)
    found.push(...findings.map((finding) => ({ of: recallId(recall), finding })))
  }
  for (const { line, problem } of problems.slice(0, SHOWN_MAX)) say(`${file}${line === 0 ? '' : `, line ${line}`}: ${problem}`)
  if (recalls === 0) say(`${file}: there is no recall in it.`)
  return recalls === 0 ? 1 : report(found, recalls, asked)
}

/** What a campaign on this recall would offer by default: all that the recall lists. */
function briefOf(recall: Recall, jurisdiction: Jurisdiction = jurisdictionOfAgency(recall.agency)): NoticeBrief {
  return { jurisdiction, recall, remedies: recall.remedies, proof: recall.proofOfDestruction ? 'photo_of_destruction' : 'none' }
}

function show(briefs: readonly NoticeBrief[], { languages }: Asked): void {
  for (const brief of briefs)
    for (const language of languages) process.stdout.write(`${noticeText(brief, { language, answer: 'affected', baseUrl: 'https://…' })}\n`)
}

function report(found: readonly { of: string; finding: Finding }[], recalls: number, { json }: Asked): number {
  const blocking = found.filter(({ finding }) => finding.level === 'blocks').length
  if (json) for (const { of, finding } of found) process.stdout.write(`${JSON.stringify({ recall_id: of, ...finding })}\n`)
  else for (const { of, finding } of found.slice(0, SHOWN_MAX)) process.stdout.write(`${of}: ${findingText(finding)}\n`)
  if (!json && found.length > SHOWN_MAX) say(`${count(found.length - SHOWN_MAX)} more findings: --json prints all.`)
  say(
    `${count(recalls)} ${recalls === 1 ? 'recall' : 'recalls'}: ${blocking === 0 ? 'nothing blocks its notices' : `${count(blocking)} findings block`}, ${count(found.length - blocking)} to look at.`,
  )
  return blocking === 0 ? 0 : 1
}
