/** How often it has happened, and who was hurt. Pure. */
import { NUMBER, readNumber } from './numbers.ts'
import { sentences } from './text.ts'

/** Null: not stated. 0: the agency says that there are none. */
export type Incidents = { incidents: number | null; injuries: number | null; deaths: number | null }

const NONE = /\b(?:none|no|not|neither)\b/i
const ELSEWHERE =
  /\bprevious(?:ly)? (?:recall|announced)|\bsimilar (?:\w+ ){0,4}(?:product|incident)|\bother manufacturers|\bCPSC estimates|\bearlier recall|\bsince (?:19|20)\d\d there have been|\bindustry|\bnationwide each year|\beach year\b/i
const REPORTS = 'reports?|incidents?|complaints?|claims?|instances?|cases|occurrences?|failures?'
const COUNT = new RegExp(`(${NUMBER})\\s+(?:(?!including|resulting|of\\b|and\\b)[\\w'-]+\\s+){0,4}?(${REPORTS})\\b`, 'gi')
const INJURY =
  '(?:injur(?:y|ies)|burns?|lacerations?|cuts?|bruises?|fractures?|scalds?|concussions?|sprains?|broken (?:\\w+ )?(?:bones?|arms?|legs?|wrists?|nose|tooth|teeth|fingers?|collar ?bones?|clavicles?|ankles?|hips?|ribs?|elbows?|f(?:oo|ee)t|toes?|hands?|jaws?|shoulders?|knees?))'
const INJURY_COUNT = new RegExp(`(${NUMBER})\\s+(?:(?!including|and\\b)[\\w'/-]+\\s+){0,6}?${INJURY}\\b`, 'gi')
const PERSONS =
  '(?:consumers?|users?|child(?:ren)?|people|persons?|riders?|infants?|bab(?:y|ies)|individuals?|customers?|adults?|girls?|boys?|men|women|man|woman|operators?|toddlers?)'
const PERSON_COUNT = new RegExp(
  `(${NUMBER})\\s+(?:(?:reports?|incidents?|cases|instances?)\\s+(?:of|in which|involving|where)\\s+(?:an?\\s+|the\\s+)?)?(?:[\\w'-]+\\s+){0,2}?${PERSONS}\\b(?:(?!\\b(?:including|result))[^.;]){0,60}\\b(?:injur|burn(?!ing)|experienc\\w+ (?:\\w+ ){0,3}shocks?\\b|lacerat|cut|bruis|fractur|scald|suffer|sustain|receiv(?:ed|ing) (?:\\w+ )?(?:bump|stitches|bruise)|hospitaliz)`,
  'gi',
)
const DEATH_COUNT = new RegExp(`(${NUMBER})\\s+(?:[\\w'-]+\\s+){0,4}?(?:deaths?|fatalit(?:y|ies)|died|killed|drown)`, 'gi')
const DEATH = /death|fatalit|die|kill|drown/i
const ONE_DEATH =
  /\b(?:a|an|one)\s+(?:[\w'-]+\s+){0,6}?(?:died|was killed|death|fatality|drowned)\b|\bdeath of (?:a|an)\b|\bwho died\b|\bchild died\b/i

/** From the agency's text on incidents. Reports are added up over the groups it lists; what it says of earlier recalls is left out. */
export function readIncidents(text: string): Incidents {
  if (text === '') return { incidents: null, injuries: null, deaths: null }
  if (/^none\b[\w ]{0,12}\.?$/i.test(text)) return { incidents: 0, injuries: 0, deaths: null }
  const own = sentences(text)
    .filter((sentence) => !ELSEWHERE.test(sentence) && !OF_THOSE_COUNTED.test(sentence))
    .map((sentence) => sentence.replace(EARLIER_RECALL, ' '))
  const counted = own.filter((sentence) => !startsWithNone(sentence))
  const incidents = sum(
    counted.map((sentence) => countsIn(beforeSubset(sentence), COUNT) ?? (ONE_REPORT.test(beforeSubset(sentence)) ? 1 : null)),
  )
  const hurt = counted.some((sentence) => ANY_INJURY.test(sentence.replace(NO_INJURY, ' ')))
  const injuries = sum(counted.map(injuriesIn)) ?? (incidents === 1 && hurt ? 1 : null)
  const deaths = sum(
    counted.map((sentence) => (DEATH.test(sentence) ? (countsIn(sentence, DEATH_COUNT) ?? (ONE_DEATH.test(sentence) ? 1 : null)) : null)),
  )
  const denials = own.filter(startsWithNone).join(' ')
  const nothing = /^\s*none\b/i.test(text) || NO_INCIDENTS.test(denials)
  const noInjuries =
    nothing || (denials !== '' && /\binjur|\bincidents?\b/i.test(denials)) || own.some((sentence) => NO_INJURY.test(sentence))
  return {
    incidents: incidents ?? (nothing ? 0 : injuries),
    injuries: injuries ?? (noInjuries ? 0 : null),
    deaths,
  }
}

function startsWithNone(sentence: string): boolean {
  return (
    /^(?:\W*|[\w\s.,&'-]{0,60}\b(?:has|have|had|were|are|is|been|received|there|aware)\b[\w\s]{0,20})\b(?:none|no|not|neither|any)\b/i.test(
      sentence,
    ) && NONE.test(sentence)
  )
}

// "No reports of injuries" leaves open whether anything happened.
const NO_INCIDENTS =
  /\bno (?:known |reported |reports? of (?:any )?)?(?:incidents?\b|cases\b|reports?\b(?! of (?:any )?(?:\w+ )?(?:injur|burn)))|\binjur(?:y|ies),? (?:or|nor) (?:other )?incidents?\b|\b(?:any|of) (?:reports? of )?incidents?\b/i
const NO_INJURY = /\b(?:no|without) (?:reports? of (?:any )?)?(?:\w+ )?injur(?:y|ies)\b/i
const ANY_INJURY = new RegExp(`\\b${INJURY}\\b|\\bfractur`, 'i')
const ONE_REPORT = /\breceived (?:an?|a single) (?:[\w-]+ ){0,2}?(?:report|complaint|claim)\b/i
/** "Injuries include one report of smoke inhalation" tells more of what was counted. */
const OF_THOSE_COUNTED = /^(?:The |These |Reported )?injur(?:y|ies) (?:include|range|consist)/i
const EARLIER_RECALL = /\bin addition to (?:the )?\d[^.;]*?\brecall\b/gi

/** The words before a subset is named ("…, including two reports of burns"): its numbers are among those before it. */
function beforeSubset(sentence: string): string {
  const [before = '', marker = '', after = ''] = sentence.split(
    /\b(including|of which|of these|of those|resulting in|which resulted|with (?:\w+ )?of (?:these|those|them))\b(.*)/i,
  )
  // What came of some reports is told between them and the next: "five reports of falls, resulting in bruises, and one report of …".
  return before + (/^(?:resulting|which)/i.test(marker) ? (/, and .*$/.exec(after)?.[0] ?? '') : '')
}

function injuriesIn(sentence: string): number | null {
  const persons = countsIn(sentence, PERSON_COUNT)
  if (persons !== null) return persons
  const plain = sentence.replace(/\bincluding\b.*?(?=\bincluding\b|$)/i, (part, at: number) =>
    new RegExp(INJURY, 'i').test(sentence.slice(0, at)) ? '' : part,
  )
  return countsIn(plain, INJURY_COUNT)
}

function countsIn(text: string, pattern: RegExp): number | null {
  const found = [...text.matchAll(pattern)].map((match) => readNumber(match[1]!)).filter((value) => value < 1_900 || value > 2_100)
  return found.length === 0 ? null : found.reduce((total, each) => total + each, 0)
}

function sum(values: readonly (number | null)[]): number | null {
  const stated = values.filter((value) => value !== null)
  return stated.length === 0 ? null : stated.reduce((total, each) => total + each, 0)
}
