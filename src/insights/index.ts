/** The face of the room `insights`: what has been done, in figures and in rows. */
export { accountLines, campaignAccount } from './account.ts'
export type { CampaignAccount } from './account.ts'
export { campaignExists } from './queries-figures.ts'
export { insightRoutes } from './routes.ts'
export { publicRecallRoutes } from './routes-public.ts'
export { reviewRoutes } from './routes-review.ts'
