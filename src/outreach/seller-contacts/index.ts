/** The seller also contacts: what the rest of the room and its face take from here. */
export { limitedList, readListBody, recordedJson } from './body.ts'
export { endSellerList, type ListEnd } from './end.ts'
export { contactRows, listRows, sellerAccounts, toldBySellers, type SellerAccount, type ToldBySellers } from './queries-lists.ts'
export type { ListKind } from './read-list.ts'
export { hoursFor, NO_CAMPAIGN, recordSellerList, type RecordedList, type SellerList } from './record.ts'
export { sellerListRoutes } from './routes.ts'
export { sellerContactShape, sellerListShape } from './shapes.ts'
