/** What is at stake if the listing is the recalled product. */
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Facts } from '../ui/blocks.tsx'
import { count } from '../ui/format.ts'
import { Exact } from '../ui/time.tsx'
import type { ReviewedMatch } from './types.ts'

export function Exposure({ match }: { match: ReviewedMatch }) {
  const { exposure, campaign } = match
  return (
    <section className="stack" aria-labelledby="stake-title">
      <h2 id="stake-title">What is at stake</h2>
      <Facts
        facts={[
          ['With buyers', `${count(exposure.sold_units)} units, ${count(exposure.buyers)} ${exposure.buyers === 1 ? 'buyer' : 'buyers'}`],
          ['Of these affected', scopeText(exposure)],
          ['Not shipped yet', `${count(exposure.open_units)} units`],
          ['In stock', `${count(exposure.stock_units)} units`],
          ['On sale', onSale(match)],
          ['Campaign', <CampaignFact key="campaign" campaign={campaign} />],
        ]}
      />
    </section>
  )
}

function onSale({ sellable, gates, campaign }: ReviewedMatch): string {
  if (sellable === true) return 'Yes.'
  if (campaign !== null && campaign.stopped_at !== null && campaign.released_at === null) return 'No, stopped.'
  if (gates.some(({ gate }) => gate === 'recalled')) return 'No. It is taken for a recalled product.'
  if (gates.some(({ gate }) => gate === 'under_review')) return 'No. It waits for this ruling.'
  return gates.length > 0 ? 'Not yet: it is being compared with all recalls.' : 'No, stopped under another recall.'
}

function scopeText({ in_scope_units: affected, possibly_units: possibly }: ReviewedMatch['exposure']): string {
  const units = `${count(affected)} units bought in the time of the recall`
  return possibly === 0 ? units : `${units}, ${count(possibly)} more if their lot says so`
}

function CampaignFact({ campaign }: { campaign: ReviewedMatch['campaign'] }) {
  if (campaign === null) return 'None is open on this recall.'
  return (
    <>
      <Link to={paths.campaign(campaign.campaign_id)}>Open</Link>
      {campaign.stopped_at === null ? (
        '. This listing is not stopped.'
      ) : campaign.released_at === null ? (
        <>
          . This listing has been stopped since <Exact at={campaign.stopped_at} />.
        </>
      ) : (
        <>
          . This listing was released on <Exact at={campaign.released_at} />.
        </>
      )}
    </>
  )
}
