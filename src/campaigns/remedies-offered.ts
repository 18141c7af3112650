/** What a campaign may offer its buyers. Pure. */
import { REMEDY_OPTIONS, type Recall, type RemedyOption } from '../recalls/index.ts'
import { PROOFS_ASKED, type ProofAsked } from '../remedies/index.ts'
import { fail, ok, type Result } from '../platform/result.ts'

export type Remedies = { options: RemedyOption[]; proof: ProofAsked }

/** As they come in from outside. */
export type RemediesAsked = { options: readonly string[]; proof: string }

/**
 * The remedies if the campaign may offer them: at least one, each known and among those the recall itself offers. A buyer may not be told of
 * a remedy that the agency did not agree to, nor be asked for a proof that we cannot take. Where the recall offers none, as warnings do,
 * the one choice is `none`.
 */
export function chooseRemedies(asked: RemediesAsked, recall: Pick<Recall, 'remedies'>): Result<Remedies> {
  const proof = PROOFS_ASKED.find((known) => known === asked.proof)
  if (proof === undefined) return fail('invalid', `The proof is one of ${PROOFS_ASKED.join(', ')}, not ${asked.proof}.`, 'remedies.proof')
  const remedies = recall.remedies.filter((option) => option !== 'none')
  const offered: RemedyOption[] = remedies.length === 0 ? ['none'] : remedies
  const options: RemedyOption[] = []
  for (const name of new Set(asked.options)) {
    const option = REMEDY_OPTIONS.find((known) => known === name)
    if (option === undefined) return fail('invalid', `${name} is no remedy we know: ${REMEDY_OPTIONS.join(', ')}.`, 'remedies.options')
    if (!offered.includes(option)) {
      return fail('invalid', `The recall does not offer ${option}. It offers ${offered.join(', ')}.`, 'remedies.options')
    }
    options.push(option)
  }
  if (options.length === 0) return fail('invalid', 'Choose at least one remedy that the recall offers.', 'remedies.options')
  return ok({ options, proof })
}

/**
 * What the buyers of another jurisdiction are offered, where the campaign offers `chosen` to its own: of that, what their own recall lists too;
 * where the two have nothing in common, all that theirs lists. Nobody is offered what the recall of their jurisdiction does not list.
 */
export function remediesElsewhere(chosen: Remedies, recall: Pick<Recall, 'remedies'>): Remedies {
  const listed: RemedyOption[] = recall.remedies.filter((option) => option !== 'none')
  if (listed.length === 0) return { options: ['none'], proof: chosen.proof }
  const shared = chosen.options.filter((option) => listed.includes(option))
  return { options: shared.length === 0 ? listed : shared, proof: chosen.proof }
}
