/** The seller also contacts: what the rest of the room and its face take from here. */
export { endSellerList, type ListEnd } from './end.ts'
export { hoursFor, NO_CAMPAIGN, recordSellerList, type RecordedList, type SellerList } from './record.ts'
export { CONTACT_CHANNELS, CONTACT_OUTCOMES } from './rules.ts'
export type { ListKind } from './read-list.ts'
