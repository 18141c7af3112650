/** The head of a campaign's pages: crumbs, heading, and the way to each of its tables. */
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { CAMPAIGN_LISTS, paths, type CampaignList } from '../paths.ts'
import { PageHead, type Crumb } from '../ui/blocks.tsx'
import { recallIdName } from '../ui/format.ts'
import { useCampaign } from './campaign.ts'
import styles from './campaigns.module.css'

export const LIST_NAMES: Record<CampaignList, string> = {
  listings: 'Listings',
  stock: 'Stock',
  interceptions: 'Interceptions',
  lines: 'Order lines',
  buyers: 'Buyers',
  deliveries: 'Deliveries',
  cases: 'Cases',
  refunds: 'Refunds',
  'seller-contacts': 'Told by sellers',
}

/** The rows of what sellers say stand behind figures of the reach account, and have no tab of their own. */
const TABS = CAMPAIGN_LISTS.filter((list) => list !== 'seller-contacts')

/** `below` are crumbs after the campaign's own; the overview leaves `below` out. */
export function CampaignHead({ title, lead, below }: { title: string; lead: ReactNode; below?: readonly Crumb[] }) {
  const { campaign } = useCampaign()
  const own = { to: paths.campaign(campaign.campaign_id), name: recallIdName(campaign.recall_id) }
  const crumbs = [{ to: paths.campaigns(), name: 'Campaigns' }, ...(below === undefined ? [] : [own, ...below])]
  return (
    <>
      <PageHead title={title} crumbs={crumbs} lead={lead} />
      <nav key={title} ref={showCurrent} className={`edges ${styles['tabs']}`} aria-label="This campaign">
        <NavLink to={own.to} end>
          Overview
        </NavLink>
        <NavLink to={paths.campaignReach(campaign.campaign_id)}>Reach</NavLink>
        <NavLink to={paths.campaignLetters(campaign.campaign_id)}>Letters</NavLink>
        <NavLink to={paths.campaignChanges(campaign.campaign_id)}>Changes and releases</NavLink>
        {TABS.map((list) => (
          <NavLink key={list} to={paths.campaignList(campaign.campaign_id, list)}>
            {LIST_NAMES[list]}
          </NavLink>
        ))}
      </nav>
    </>
  )
}

/** On a phone the strip of tabs is wider than the screen: the one the reader is on comes into view. */
function showCurrent(strip: HTMLElement | null): void {
  const current = strip?.querySelector<HTMLElement>('[aria-current]')
  if (strip && current) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2
}
