/** The face of the room `campaigns`: this marketplace's execution of a recall, from the decision on. */
export { openCampaign } from './open-campaign.ts'
export type { CampaignDeps, CampaignOrder, OpenedCampaign } from './open-campaign.ts'
export { extendCampaign, recordWaveSent, sweepCampaign, sweepCampaigns } from './extend-campaign.ts'
export type { ExtensionOrder } from './extend-campaign.ts'
export type { CampaignCounts } from './line.ts'
export type { Remedies } from './remedies-offered.ts'
export { campaignRoutes } from './routes.ts'
export { campaignInvariants } from './queries-invariants.ts'
