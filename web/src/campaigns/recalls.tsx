/** Which recalls a campaign executes, whose buyers each of them is for, and one that could join it. */
import { Button, TextInput } from '@mantine/core'
import { Link, useFetcher, type ActionFunctionArgs } from 'react-router'
import { newKey, post } from '../api.ts'
import { api, paths } from '../paths.ts'
import { BUYERS_IN } from '../recalls/joint.tsx'
import { Actor } from '../ui/actor.tsx'
import { Note } from '../ui/blocks.tsx'
import { counted, listed, recallIdName } from '../ui/format.ts'
import { Ago } from '../ui/time.tsx'
import type { Campaign, CampaignRecall } from './types.ts'

type Added = { recall_id: string; told_by_it: number; counts: Record<string, number> }
type Answer = { ok: true; effect: string } | { ok: false; message: string }

/** Adds a recall to the campaign. */
export async function action({ params, request }: ActionFunctionArgs): Promise<Answer> {
  const form = await request.formData()
  const [recall_id, reason] = ['recall_id', 'reason'].map((name) => String(form.get(name) ?? '').trim())
  if (reason === '') return { ok: false, message: 'Write the reason. It is kept with your name.' }
  const answer = await post<Added>(api.campaignRecalls(params['campaignId'] ?? ''), { recall_id, reason }, newKey())
  return answer.ok ? { ok: true, effect: effectOf(answer.value) } : { ok: false, message: answer.problem.message }
}

function effectOf({ recall_id, told_by_it: told, counts }: Added): string {
  const stopped = counts['listings_stopped'] ?? 0
  const notices = counts['notices'] ?? 0
  const did = [
    stopped > 0 ? `${counted(stopped, 'more listing')} stopped` : '',
    told > 0 ? `${counted(told, 'buyer')} who heard nothing yet will hear of it by this notice` : '',
    notices > 0 ? `${counted(notices, 'new notice')} made` : '',
  ].filter((text) => text !== '')
  const changed = did.length === 0 ? 'Nothing else changed: nobody new is affected.' : `${listed(did)}.`
  return `${recallIdName(recall_id)} is in the campaign. ${changed}`
}

/** Recalls known to be the same since the campaign was opened. What was told stays told. */
export function NotYetIn({ data: { campaign } }: { data: Campaign }) {
  const missing = campaign.recalls.filter((each) => each.added_at === null)
  const fetcher = useFetcher<Answer>()
  return (
    <>
      <output hidden={fetcher.data?.ok !== true}>{fetcher.data?.ok === true && <Note title={fetcher.data.effect} />}</output>
      {missing.map((each) => (
        <Note key={each.recall_id} title={`${recallIdName(each.recall_id)} is the same recall, published too. Add it to the campaign.`}>
          <p>
            <Link to={paths.recall(each.recall_id)}>{each.title}</Link>. Listings that it names are then stopped too. Buyers in{' '}
            {BUYERS_IN[each.jurisdiction] ?? each.jurisdiction} who heard nothing yet are told by it. What was told stays as it was told.
          </p>
          <fetcher.Form method="post" className="row" style={{ alignItems: 'end' }}>
            <input type="hidden" name="recall_id" value={each.recall_id} />
            <TextInput
              id={`reason-${each.recall_id}`}
              name="reason"
              label="Reason"
              defaultValue={`${each.agency} published the same recall.`}
              maxLength={1_000}
              error={fetcher.data?.ok === false ? fetcher.data.message : undefined}
              style={{ flex: '1 1 280px', maxWidth: 480 }}
            />
            <Button type="submit" variant="default" loading={fetcher.state !== 'idle'}>
              Add to the campaign
            </Button>
          </fetcher.Form>
        </Note>
      ))}
    </>
  )
}

/** Shown where there is more than one: a campaign on one recall says so in its head. */
export function CampaignRecalls({ data: { campaign } }: { data: Campaign }) {
  const executed = campaign.recalls.filter((each) => each.added_at !== null)
  if (executed.length < 2) return null
  return (
    <section id="recalls" className="stack" aria-labelledby="recalls-title">
      <h2 id="recalls-title">One recall, {executed.length} notices</h2>
      <p className="dim">
        Each buyer is told by the notice of their own country, and by the campaign’s own where their country has none here.
      </p>
      <ul className="stack">
        {executed.map((each) => (
          <li key={each.recall_id}>
            <Link to={paths.recall(each.recall_id)}>{recallIdName(each.recall_id)}</Link>, for buyers in {whom(each, campaign)}:{' '}
            {counted(each.buyers, 'buyer')}.
            {each.added_at !== null && each.added_at !== campaign.opened_at && each.added_by !== null && (
              <span className="dim">
                {' '}
                Added <Ago at={each.added_at} /> by <Actor actor={each.added_by} />: {each.reason}
              </span>
            )}
            <br />
            <span className="dim">{each.title}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function whom(each: CampaignRecall, campaign: Campaign['campaign']): string {
  const country = BUYERS_IN[each.jurisdiction] ?? each.jurisdiction
  return each.recall_id === campaign.recall_id ? `${country}, and wherever no other notice is for` : country
}
