/** What an officer decides before a campaign opens, carried from the form to the confirmation in the address. Pure. */

export const PROOFS = ['photo_of_destruction', 'none'] as const
export const REASON_LENGTH_MAX = 1000

export type Plan = { reason: string; remedies: string[]; proof: string }
export type PlanProblem = { field: 'reason' | 'remedies' | 'proof'; message: string }

/** The plan in a form or an address, as it is. */
export function readPlan(values: FormData | URLSearchParams): Plan {
  const texts = (name: string) => values.getAll(name).filter((value): value is string => typeof value === 'string')
  return {
    reason: (texts('reason')[0] ?? '').trim(),
    remedies: texts('remedies')
      .flatMap((value) => value.split(' '))
      .filter((remedy) => remedy !== ''),
    proof: (PROOFS as readonly string[]).find((proof) => proof === texts('proof')[0]) ?? '',
  }
}

/** What is missing, in the order of the form. */
export function planProblems(plan: Plan): PlanProblem[] {
  const problems: PlanProblem[] = []
  if (plan.reason === '') problems.push({ field: 'reason', message: 'Write why you open this campaign.' })
  if (plan.reason.length > REASON_LENGTH_MAX)
    problems.push({ field: 'reason', message: `Shorten the reason to ${REASON_LENGTH_MAX} characters.` })
  if (plan.remedies.length === 0) problems.push({ field: 'remedies', message: 'Choose at least one remedy.' })
  if (plan.proof === '') problems.push({ field: 'proof', message: 'Choose what buyers must show.' })
  return problems
}

/** The plan as search parameters. */
export function planSearch(plan: Plan): { reason: string; remedies: string; proof: string } {
  return { reason: plan.reason, remedies: plan.remedies.join(' '), proof: plan.proof }
}

/** What a campaign may offer: the remedies of the recall itself. Where it names none, as warnings do, the one choice is `none`. */
export function remediesOffered(recall: { remedies: readonly string[] }): string[] {
  const remedies = recall.remedies.filter((remedy) => remedy !== 'none')
  return remedies.length === 0 ? ['none'] : remedies
}

/** The plan with what was not chosen yet filled in. */
export function withDefaults(plan: Plan, defaults: Pick<Plan, 'remedies' | 'proof'>): Plan {
  return {
    ...plan,
    remedies: plan.remedies.length === 0 ? defaults.remedies : plan.remedies,
    proof: plan.proof === '' ? defaults.proof : plan.proof,
  }
}
