/** Opening a campaign, second page: exactly what will happen, and the one button that makes it happen. */
import { Button } from '@mantine/core'
import {
  Form,
  Link,
  redirect,
  useActionData,
  useLoaderData,
  useNavigation,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import { get, newKey, post } from '../api.ts'
import { api, paths } from '../paths.ts'
import { Facts, Note, PageHead } from '../ui/blocks.tsx'
import { counted, listed, monthRange, recallIdName } from '../ui/format.ts'
import { inSentence } from '../ui/words.ts'
import styles from './campaigns.module.css'
import { NoticePreviewSection, type NoticePreview } from './notice-preview.tsx'
import { loader as loadOpenData, type OpenData } from './open-page.tsx'
import { planProblems, planSearch, readPlan, type Plan } from './plan.ts'
import type { OpenedCampaign } from './types.ts'

type CheckData = OpenData & { plan: Plan; preview: NoticePreview }

export async function loader(args: LoaderFunctionArgs): Promise<CheckData> {
  const search = new URL(args.request.url).searchParams
  const plan = readPlan(search)
  // An address that was typed or cut short goes back to the form with what it holds.
  if (planProblems(plan).length > 0) throw redirect(paths.openCampaign(args.params['recallId'] ?? '', planSearch(plan)))
  const chosen = ['jurisdiction', 'language'].flatMap((name) => (search.has(name) ? [[name, search.get(name)!]] : []))
  const asked = { remedies: plan.remedies.join(), proof: plan.proof, ...(Object.fromEntries(chosen) as Record<string, string>) }
  const [data, preview] = await Promise.all([
    loadOpenData(args),
    get<NoticePreview>(api.noticePreview(args.params['recallId'] ?? '', asked), args.request.signal),
  ])
  return { ...data, plan, preview }
}

/** Opens the campaign and goes to its page. The key is in the address, so that sending twice opens once. */
export async function action({ params, request }: ActionFunctionArgs): Promise<{ problem: string }> {
  const search = new URL(request.url).searchParams
  const plan = readPlan(search)
  const body = { recall_id: params['recallId'], reason: plan.reason, remedies: { options: plan.remedies, proof: plan.proof } }
  const answer = await post<OpenedCampaign>(api.campaigns(), body, search.get('key') ?? newKey())
  if (!answer.ok) return { problem: answer.problem.message }
  throw redirect(paths.campaign(answer.value.campaign_id))
}

export function Component() {
  const { detail, affected, plan, preview } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const navigation = useNavigation()
  const listings = counted(detail.counts.affected, 'listing')
  return (
    <div className={styles['check']}>
      <PageHead
        title={`Stop ${listings} and write to every buyer?`}
        crumbs={[
          { to: paths.recalls(), name: 'Recalls' },
          { to: paths.recall(detail.recall_id), name: recallIdName(detail.recall_id) },
          { to: paths.openCampaign(detail.recall_id, planSearch(plan)), name: 'Open a campaign' },
        ]}
        lead={<p>{detail.recall.title}</p>}
      />
      {refused !== undefined && (
        <Note title="The campaign was not opened" kind="problem" role="alert">
          <p>{refused.problem}</p>
        </Note>
      )}
      <section className="stack" aria-labelledby="happens-title">
        <h2 id="happens-title">What happens when you confirm</h2>
        <Steps detail={detail} affected={affected} plan={plan} />
      </section>
      <NoticePreviewSection preview={preview} />
      <Facts
        facts={[
          ['Your reason', plan.reason],
          [
            'Buyers can choose',
            plan.remedies.includes('none') ? 'nothing: the recall offers no remedy' : listed(plan.remedies.map(inSentence)),
          ],
          ['They must show', plan.proof === 'none' ? 'nothing' : `a ${inSentence(plan.proof)}`],
        ]}
      />
      <Note title="What cannot be undone">
        <p>A stop or a hold can be released later, with a reason. A mail that was sent cannot be taken back.</p>
      </Note>
      <Form method="post" className="row">
        <Button type="submit" loading={navigation.state !== 'idle' && navigation.formMethod === 'POST'}>
          Open the campaign and stop {listings}
        </Button>
        <Link to={paths.openCampaign(detail.recall_id, planSearch(plan))}>Change something</Link>
      </Form>
    </div>
  )
}

function Steps({ detail, affected, plan }: Omit<CheckData, 'preview'>) {
  const sellers = new Set(affected.items.map((match) => match.seller_id)).size
  const window = monthRange(detail.recall.scope.sold_from, detail.recall.scope.sold_to)
  const sellerText = affected.next === null ? ` of ${counted(sellers, 'seller')}` : ''
  return (
    <ol className={styles['plan']}>
      <li>
        <span>
          <strong>
            {counted(detail.counts.affected, 'listing')}
            {sellerText} cannot be sold any more,
          </strong>{' '}
          from this moment. Each seller can read why.
        </span>
      </li>
      <li>
        <span>
          <strong>Their stock is held</strong> in every centre.
        </span>
      </li>
      <li>
        <span>
          <strong>Open orders are intercepted</strong> before they ship.
        </span>
      </li>
      <li>
        <span>
          <strong>Affected order lines are found:</strong>{' '}
          {window === null ? 'the recall names no sale window, so every sale counts' : `sales ${window}`}.
        </span>
      </li>
      <li>
        <span>
          <strong>Every affected buyer gets one notice</strong> by e-mail
          {plan.remedies.includes('none') ? '' : `, and can choose: ${listed(plan.remedies.map(inSentence))}`}.
        </span>
      </li>
      <li>
        <span>
          <strong>The audit log says that you did this,</strong> with your reason.
        </span>
      </li>
    </ol>
  )
}
