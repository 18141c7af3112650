/** The table of contents: every page of the desk and the seller centre, each loaded when it is first visited. */
import type { RouteObject } from 'react-router'
import * as campaign from './campaigns/campaign.ts'
import { CAMPAIGN_LISTS } from './paths.ts'
import * as queue from './review/queue.ts'
import { FramedProblemPage, NotFoundPage, ProblemPage } from './ui/problem.tsx'
import { Component as Shell, loader as shellLoader } from './ui/shell.tsx'

const listPage = () => import('./campaigns/list-page.tsx')

export const routes: RouteObject[] = [
  {
    id: 'shell',
    path: '/',
    loader: shellLoader,
    shouldRevalidate: () => false,
    Component: Shell,
    ErrorBoundary: FramedProblemPage,
    HydrateFallback: Nothing,
    children: [
      {
        ErrorBoundary: ProblemPage,
        children: [
          { index: true, lazy: () => import('./campaigns/campaigns-page.tsx') },
          {
            id: campaign.CAMPAIGN_ROUTE,
            path: 'campaigns/:campaignId',
            loader: campaign.loader,
            shouldRevalidate: campaign.shouldRevalidate,
            children: [
              { index: true, lazy: () => import('./campaigns/campaign-page.tsx') },
              ...CAMPAIGN_LISTS.map((list): RouteObject => ({ path: list, lazy: listPage })),
              { path: 'reach', lazy: () => import('./campaigns/reach-page.tsx') },
              { path: 'letters', lazy: () => import('./campaigns/letters-page.tsx') },
              { path: 'changes', lazy: () => import('./campaigns/changes-page.tsx') },
              { path: 'buyers/:buyerId', lazy: () => import('./campaigns/buyer-page.tsx') },
            ],
          },
          { path: 'recalls', lazy: () => import('./recalls/recalls-page.tsx') },
          { path: 'recalls/:recallId', lazy: () => import('./recalls/recall-page.tsx') },
          { path: 'recalls/:recallId/open', lazy: () => import('./campaigns/open-page.tsx') },
          { path: 'recalls/:recallId/open/check', lazy: () => import('./campaigns/check-page.tsx') },
          {
            path: 'review',
            lazy: () => import('./review/frame.tsx'),
            children: [
              {
                id: queue.QUEUE_ROUTE,
                loader: queue.loader,
                children: [
                  { index: true, lazy: () => import('./review/queue-page.tsx') },
                  { path: ':recallId/:listingId', lazy: () => import('./review/match-page.tsx') },
                ],
              },
              { path: 'releases', lazy: () => import('./review/releases-page.tsx') },
              { path: 'rulings', lazy: () => import('./review/rulings-page.tsx') },
              { path: 'agreement', lazy: () => import('./review/agreement-page.tsx') },
            ],
          },
          { path: 'links', lazy: () => import('./links/links-page.tsx') },
          { path: 'links/:recallId/:otherId', lazy: () => import('./links/link-page.tsx') },
          { path: 'feeds', lazy: () => import('./feeds/feeds-page.tsx') },
          { path: 'seller', lazy: () => import('./sellers/seller-page.tsx') },
          { path: 'seller/campaigns/:campaignId', lazy: () => import('./sellers/told-page.tsx') },
          { path: 'seller/stops/:listingId', lazy: () => import('./sellers/stop-page.tsx') },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]

/** The page stays paper while the first data comes. */
function Nothing() {
  return null
}
