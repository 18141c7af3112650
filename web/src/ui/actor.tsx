/** Who did something, in words. A person's own deeds are "you"; ids are on hover. */
import { useRouteLoaderData } from 'react-router'
import type { Staff } from '../api.ts'
import { actorName } from './words.ts'

export function Actor({ actor }: { actor: string }) {
  const staff = useRouteLoaderData<Staff | null>('shell') ?? null
  const own = staff?.user_id !== undefined && actor === `officer:${staff.user_id}`
  return <span title={actor}>{own ? 'you' : actorName(actor)}</span>
}
