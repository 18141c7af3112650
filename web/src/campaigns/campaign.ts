/** The campaign that a page belongs to: read once for the overview and for the head of every table below it. */
import { useRouteLoaderData, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs } from 'react-router'
import { get } from '../api.ts'
import { api, paths } from '../paths.ts'
import type { Campaign } from './types.ts'

export const CAMPAIGN_ROUTE = 'campaign'

export function loader({ params, request }: LoaderFunctionArgs): Promise<Campaign> {
  return get<Campaign>(api.campaign(params['campaignId'] ?? ''), request.signal)
}

/** The overview always shows fresh figures; paging through a table does not ask for them again. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  nextParams,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  if (formMethod !== undefined || currentUrl.href === nextUrl.href) return defaultShouldRevalidate
  return currentUrl.pathname !== nextUrl.pathname && nextUrl.pathname.endsWith(paths.campaign(nextParams['campaignId'] ?? ''))
}

export function useCampaign(): Campaign {
  const campaign = useRouteLoaderData<typeof loader>(CAMPAIGN_ROUTE)
  if (campaign === undefined) throw new Error('This page is not below a campaign.')
  return campaign
}
