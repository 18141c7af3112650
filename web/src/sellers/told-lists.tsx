/** What a seller has said so far, list by list, and taking it back. */
import { Button, Textarea } from '@mantine/core'
import { useFetcher } from 'react-router'
import type { List } from '../campaigns/types.ts'
import { count, counted } from '../ui/format.ts'
import { Ago, Exact } from '../ui/time.tsx'
import styles from './sellers.module.css'
import type { ContactList } from './told.ts'
import type { ToldAnswer } from './told-forms.tsx'

export function ContactLists({ lists }: { lists: List<ContactList> }) {
  const fetcher = useFetcher<ToldAnswer>()
  const done = fetcher.state === 'idle' && fetcher.data?.ok === true ? fetcher.data.message : ''
  if (lists.items.length === 0) return null
  return (
    <section className="stack" aria-labelledby="lists-title">
      <h2 id="lists-title">What you have said</h2>
      <output className={styles['answered']}>{done}</output>
      <ul className={styles['gates']}>
        {lists.items.map((list) => (
          <li key={list.list_id}>
            <details>
              <summary>
                <span>
                  {list.kind === 'told' ? `You told ${counted(list.orders, 'buyer')}` : `You announced ${counted(list.orders, 'order')}`}
                  {list.standing < list.orders && `, ${count(list.standing)} of them stand`}
                </span>
                <span className="dim">
                  {list.by === 'you' ? 'Said' : 'Written down by the safety team'} <Ago at={list.recorded_at} />
                </span>
              </summary>
              <OneList list={list} fetcher={fetcher} />
            </details>
          </li>
        ))}
      </ul>
      {lists.next !== null && <p className="dim">These are the latest.</p>}
    </section>
  )
}

function OneList({ list, fetcher }: { list: ContactList; fetcher: ReturnType<typeof useFetcher<ToldAnswer>> }) {
  const problem = fetcher.data?.form === list.list_id && !fetcher.data.ok ? fetcher.data.message : null
  return (
    <div className={styles['gate']}>
      {list.until !== null && (
        <p>
          Until <Exact at={list.until} />. After that we tell whom you have not told.
        </p>
      )}
      <p>
        {list.covering === 0
          ? 'It leaves nobody out of what we send now.'
          : `${counted(list.covering, 'buyer is', 'buyers are')} left out of what we send now.`}
      </p>
      {list.ended_at !== null && (
        <p>
          {list.ended_as === 'revoked' ? 'Ended by the safety team' : 'Taken back by you'} <Ago at={list.ended_at} />: {list.ended_why}
        </p>
      )}
      {list.standing > 0 && (
        <fetcher.Form method="post" className={styles['form']} noValidate>
          <input type="hidden" name="intent" value="withdraw" />
          <input type="hidden" name="list_id" value={list.list_id} />
          <Textarea
            id={`reason-${list.list_id}`}
            name="reason"
            label="Why you take it back"
            description="It is kept. We then tell these buyers ourselves."
            rows={2}
            maxLength={4000}
            error={problem}
          />
          <div className="row">
            <Button type="submit" variant="default" loading={fetcher.state !== 'idle' && fetcher.formData?.get('list_id') === list.list_id}>
              Take it back
            </Button>
          </div>
        </fetcher.Form>
      )}
    </div>
  )
}
