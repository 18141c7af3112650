/** The schedule: pulls what is due. Called often; does nothing where nothing is due. */
import { dueAt } from './due.ts'
import { pullSource, type PullDeps, type PullReport } from './pull.ts'
import { sourceStates } from './queries-health.ts'
import { SOURCES } from './sources.ts'

/** Pulls every source that is due, one after the other, those that waited longest first, and tells of each before the next is asked. */
export async function* pullDue(deps: PullDeps, order: { actor: string; signal: AbortSignal }): AsyncGenerator<PullReport, void, undefined> {
  const states = new Map((await sourceStates(deps.database.db)).map((state) => [state.source, state]))
  const due = (deps.sources ?? SOURCES)
    .map((source) => ({ source, at: dueAt(source, states.get(source.name) ?? null) }))
    .filter((each) => each.at <= deps.clock())
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (const { source } of due) {
    if (order.signal.aborted) return
    yield await pullSource(deps, source, { ...order, at: deps.clock() })
  }
}
