/** How often people rule as the engine answered. Pure. */
import { ANSWERS, type Answer } from '../recalls/index.ts'
import { TIERS, type Tier } from './score.ts'

/** Rulings of one kind: what the engine answered then, and what a person said. */
export type RulingCount = { engineAnswer: Answer; tier: Tier; ruling: Answer; matches: number }

/** What a field of evidence says in matches that people ruled on: its sign against the ruling. */
export type FieldCount = { field: string; isFor: boolean; isAffected: boolean; matches: number }

export type FieldAgreement = {
  field: string
  /** Matches in which the field spoke for, or against. */
  matches: number
  /** Share of them in which people ruled as it spoke. */
  agreed: number
}

export type Agreement = {
  matches: number
  /** Share of matches in which the ruling is the engine's answer; null without matches. */
  agreed: number | null
  /** Cohen's kappa: agreement beyond what chance gives; 1 is perfect, 0 is chance; null where chance alone would always agree. */
  kappa: number | null
  /** By the engine's answer, then by ruling. */
  answers: Record<Answer, Record<Answer, number>>
  /** By tier: how many, and what share people ruled affected. */
  tiers: Record<Tier, { matches: number; affected: number | null }>
  fields: FieldAgreement[]
}

export function agreementOf(rulings: readonly RulingCount[], fields: readonly FieldCount[] = []): Agreement {
  const answers = Object.fromEntries(
    ANSWERS.map((said) => [
      said,
      Object.fromEntries(ANSWERS.map((ruling) => [ruling, countOf(rulings, (row) => row.engineAnswer === said && row.ruling === ruling)])),
    ]),
  ) as Agreement['answers']
  const matches = countOf(rulings, () => true)
  const same = ANSWERS.reduce((sum, answer) => sum + answers[answer][answer], 0)
  return {
    matches,
    agreed: matches === 0 ? null : same / matches,
    kappa: kappaOf(answers, matches),
    answers,
    tiers: Object.fromEntries(
      TIERS.map((tier) => {
        const inTier = countOf(rulings, (row) => row.tier === tier)
        const affected = countOf(rulings, (row) => row.tier === tier && row.ruling === 'affected')
        return [tier, { matches: inTier, affected: inTier === 0 ? null : affected / inTier }]
      }),
    ) as Agreement['tiers'],
    fields: fieldsOf(fields),
  }
}

function countOf(rulings: readonly RulingCount[], which: (row: RulingCount) => boolean): number {
  return rulings.reduce((sum, row) => sum + (which(row) ? row.matches : 0), 0)
}

/** Cohen, "A coefficient of agreement for nominal scales", 1960. */
function kappaOf(answers: Agreement['answers'], matches: number): number | null {
  if (matches === 0) return null
  let same = 0
  let byChance = 0
  for (const answer of ANSWERS) {
    same += answers[answer][answer] / matches
    const said = ANSWERS.reduce((sum, ruling) => sum + answers[answer][ruling], 0)
    const ruled = ANSWERS.reduce((sum, each) => sum + answers[each][answer], 0)
    byChance += (said / matches) * (ruled / matches)
  }
  return byChance === 1 ? null : (same - byChance) / (1 - byChance)
}

function fieldsOf(counts: readonly FieldCount[]): FieldAgreement[] {
  return [...Map.groupBy(counts, (row) => row.field)]
    .map(([field, rows]) => {
      const matches = rows.reduce((sum, row) => sum + row.matches, 0)
      const agreed = rows.reduce((sum, row) => sum + (row.isFor === row.isAffected ? row.matches : 0), 0)
      return { field, matches, agreed: matches === 0 ? 0 : agreed / matches }
    })
    .toSorted((a, b) => b.matches - a.matches || (a.field < b.field ? -1 : 1))
}
