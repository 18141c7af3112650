/** The face of the room `outreach`: whom to tell, telling them, and the account of it. */
export type { Money, NoticeAnswer, NoticeBrief } from './brief.ts'
export { selectBriefs } from './queries.ts'
export type { LineCounts, ScopedListing } from './queries.ts'
export { addBrief, findAffectedLines, makeNotices, reviseBrief, startWave, writeBrief } from './fan-out.ts'
export type { Pace, SendDeps } from './send-block.ts'
export { sendWave } from './send-wave.ts'
export type { WaveCounts, WaveOrder } from './send-wave.ts'
export { advance } from './advance.ts'
export type { Advanced, StartedWave } from './advance.ts'
export { decidePlaybook } from './decide-playbook.ts'
export { DEFAULT_PLAYBOOK, Playbook } from './playbook.ts'
export type { Channel } from './playbook.ts'
export { EVERY_CAMPAIGN, insertPlaybook, selectPlaybook } from './queries-playbook.ts'
export { readReturn, takeReturns } from './take-returns.ts'
export type { Return, Taken, TakenCounts } from './take-returns.ts'
export { openBounceListener } from './bounce-listener.ts'
export type { BounceListener } from './bounce-listener.ts'
export { providerEventRoutes } from './provider-events.ts'
export { connectedChannels } from './channels/index.ts'
export { administratorRoutes, campaignsOwingAdministrators, tellAdministrators } from './accounts/index.ts'
export { askPrintJob, countWaiting, declineLetters, deletePrintFiles, handOver, has, KEPT_DAYS, letterRoutes, MAKE_PRINT_JOB, makePrintJob, openLetterShelf, selectPrintJobs, takeReturnedLetters, tidyPrintJobs, withdrawPrintJob } from './letters/index.ts' // prettier-ignore
export type { FetchPhoto, LetterDeps, LetterShelf, PrintJob } from './letters/index.ts'
export { askedContacts } from './channels/contacts.ts'
export type { ContactPort } from './channels/contacts.ts'
export { acknowledge } from './acknowledge.ts'
export { codeCheckRoutes, codeForm } from './code-check.ts'
export { bannerRoutes } from './banner-routes.ts'
export type { Banner } from './banner.ts'
export {
  contactRows,
  endSellerList,
  hoursFor,
  limitedList,
  listRows,
  NO_CAMPAIGN,
  readListBody,
  recordedJson,
  recordSellerList,
  sellerAccounts,
  sellerContactShape,
  sellerListRoutes,
  sellerListShape,
  toldBySellers,
} from './seller-contacts/index.ts'
export type { ListEnd, ListKind, RecordedList, SellerAccount, SellerList } from './seller-contacts/index.ts'
export { reachOf } from './reach.ts'
export type { Reach } from './queries-reach.ts'
export { outreachInvariants } from './invariants.ts'
export { outreachRoutes } from './routes.ts'
export { giftPath, selfCheckRoutes } from './self-check-routes.ts'
export { previewRoutes } from './routes-preview.ts'
export { briefWords, formatDate, formatMoney, HAZARD_NAMES } from './wording/en-us.ts'
export type { BriefWords } from './wording/en-us.ts'
export { findingText, lintBrief, lintTold, noticesMayGo } from './linter/index.ts'
export type { Finding } from './linter/index.ts'
export { noticeText } from './wording/mail.ts'
export { isLanguage, LANGUAGES } from './wording/language.ts'
export type { Language } from './wording/language.ts'
export { readBounce, splitMailbox } from './bounces/index.ts'
export type { BounceKind, BounceReport } from './bounces/index.ts'
