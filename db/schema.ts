// Generated from db/migrations by `npm run schema`. Do not edit.
import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AuthAccount {
  accessToken: string | null;
  accessTokenExpiresAt: Timestamp | null;
  accountId: string;
  createdAt: Generated<Timestamp>;
  id: string;
  idToken: string | null;
  password: string | null;
  providerId: string;
  refreshToken: string | null;
  refreshTokenExpiresAt: Timestamp | null;
  scope: string | null;
  updatedAt: Timestamp;
  userId: string;
}

export interface AuthSession {
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  id: string;
  ipAddress: string | null;
  token: string;
  updatedAt: Timestamp;
  userAgent: string | null;
  userId: string;
}

export interface AuthUser {
  createdAt: Generated<Timestamp>;
  email: string;
  emailVerified: boolean;
  id: string;
  image: string | null;
  name: string;
  role: string;
  sellerId: string | null;
  updatedAt: Generated<Timestamp>;
}

export interface AuthVerification {
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  id: string;
  identifier: string;
  updatedAt: Generated<Timestamp>;
  value: string;
}

export interface CampaignsCampaignRecalls {
  added_at: Timestamp;
  added_by: string;
  campaign_id: string;
  jurisdiction: string;
  reason: string;
  recall_id: string;
  revision: number;
}

export interface CampaignsCampaignRecallsView {
  added_at: Timestamp | null;
  added_by: string | null;
  campaign_id: string | null;
  jurisdiction: string | null;
  reason: string | null;
  recall_id: string | null;
  revision: number | null;
}

export interface CampaignsCampaigns {
  campaign_id: string;
  opened_at: Timestamp;
  opened_by: string;
  reason: string;
  recall_id: string;
  remedies: Json;
  revision: number;
  scope: Json;
}

export interface CampaignsCampaignsView {
  campaign_id: string | null;
  opened_at: Timestamp | null;
  opened_by: string | null;
  reason: string | null;
  recall_id: string | null;
  remedies: Json | null;
  revision: number | null;
  scope: Json | null;
}

export interface CampaignsProposalDecisions {
  added: string[];
  campaign_id: string;
  decided_at: Timestamp;
  decided_by: string;
  decision: string;
  reason: string;
  released: string[];
  revision: number;
  scope: boolean;
}

export interface CampaignsProposalListings {
  campaign_id: string;
  edited_at: Timestamp | null;
  engine_answer: string | null;
  found_at: Timestamp;
  listing_id: string;
  proposal: string;
  reasons: Json;
  revision: number;
  ruling: string | null;
  ruling_reason: string | null;
  tier: string | null;
  weight: number | null;
}

export interface CampaignsProposals {
  campaign_id: string;
  change: Json;
  fields: Json;
  from_revision: number;
  lines: Json;
  proposed_at: Timestamp;
  proposed_by: string;
  revision: number;
}

export interface CampaignsProposalsView {
  campaign_id: string | null;
  change: Json | null;
  decided_at: Timestamp | null;
  decision: string | null;
  from_revision: number | null;
  proposed_at: Timestamp | null;
  revision: number | null;
}

export interface CampaignsReleaseAnswers {
  answer: string;
  answered_at: Timestamp;
  answered_by: string;
  campaign_id: string;
  listing_id: string;
  reason: string;
  request_no: number;
}

export interface CampaignsReleaseRequests {
  asked_at: Timestamp;
  asked_by: string;
  campaign_id: string;
  listing_id: string;
  reason: string;
  request_no: number;
  revision: number | null;
  stop_no: number;
}

export interface CampaignsReleaseRequestsView {
  answer: string | null;
  answer_reason: string | null;
  answered_at: Timestamp | null;
  answered_by: string | null;
  asked_at: Timestamp | null;
  asked_by: string | null;
  campaign_id: string | null;
  listing_id: string | null;
  reason: string | null;
  request_no: number | null;
  revision: number | null;
  stop_no: number | null;
}

export interface CampaignsScopes {
  campaign_id: string;
  decided_at: Timestamp;
  decided_by: string;
  reason: string;
  revision: number;
  scope: Json;
  scope_no: number;
}

export interface CampaignsScopesView {
  campaign_id: string | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
  reason: string | null;
  revision: number | null;
  scope: Json | null;
  scope_no: number | null;
}

export interface CampaignsSteps {
  actor: string;
  at: Timestamp;
  campaign_id: string;
  counts: Json;
  step: string;
  step_no: number;
}

export interface CampaignsStepsView {
  actor: string | null;
  at: Timestamp | null;
  campaign_id: string | null;
  counts: Json | null;
  step: string | null;
  step_no: number | null;
}

export interface CatalogBuyers {
  administrator_id: string | null;
  buyer_id: string;
  city: string | null;
  country: string | null;
  email: string | null;
  locale: string | null;
  name: string | null;
  phone: string | null;
  postal_code: string | null;
  region: string | null;
  street: string | null;
}

export interface CatalogBuyersView {
  administrator_id: string | null;
  buyer_id: string | null;
  city: string | null;
  country: string | null;
  email: string | null;
  locale: string | null;
  name: string | null;
  phone: string | null;
  postal_code: string | null;
  region: string | null;
  street: string | null;
}

export interface CatalogCentres {
  centre_id: string;
  country: string | null;
  name: string;
}

export interface CatalogCentresView {
  centre_id: string | null;
  country: string | null;
  name: string | null;
}

export interface CatalogImportErrors {
  field: string;
  import_id: string;
  line: number;
  problem: string;
  refused: string;
}

export interface CatalogImports {
  added: Generated<number>;
  changed: Generated<number>;
  ended_at: Timestamp | null;
  file_name: string;
  import_id: string;
  kind: string;
  refused: Generated<number>;
  rows_read: Generated<number>;
  started_at: Timestamp;
  stopped: string | null;
  unchanged: Generated<number>;
  warnings: Generated<number>;
}

export interface CatalogListings {
  asin: string | null;
  attributes: Json;
  brand: string | null;
  category: string | null;
  content_sha256: Buffer;
  currency: string;
  description: string | null;
  gtin: string | null;
  image_url: string | null;
  listing_id: string;
  model: string | null;
  pack_units: number;
  price_minor: number | null;
  seller_id: string;
  title: string;
  updated_at: Timestamp;
}

export interface CatalogListingsView {
  asin: string | null;
  attributes: Json | null;
  brand: string | null;
  category: string | null;
  currency: string | null;
  description: string | null;
  gtin: string | null;
  image_url: string | null;
  listing_id: string | null;
  model: string | null;
  pack_units: number | null;
  price_minor: number | null;
  seller_id: string | null;
  title: string | null;
  updated_at: Timestamp | null;
}

export interface CatalogOrderLines {
  buyer_id: string;
  centre_id: string | null;
  currency: string;
  line_no: number;
  listing_id: string;
  lot: string | null;
  order_id: string;
  ordered_at: Timestamp;
  quantity: number;
  serial: string | null;
  state: string;
  unit_price_minor: number;
}

export interface CatalogOrderLinesView {
  amount_minor: number | null;
  buyer_id: string | null;
  centre_id: string | null;
  currency: string | null;
  line_no: number | null;
  listing_id: string | null;
  lot: string | null;
  order_id: string | null;
  ordered_at: Timestamp | null;
  quantity: number | null;
  seller_id: string | null;
  serial: string | null;
  state: string | null;
  unit_price_minor: number | null;
  units: number | null;
}

export interface CatalogSellers {
  country: string | null;
  email: string | null;
  name: string;
  seller_id: string;
}

export interface CatalogSellersView {
  country: string | null;
  email: string | null;
  name: string | null;
  seller_id: string | null;
}

export interface CatalogStock {
  centre_id: string;
  listing_id: string;
  lot: string;
  quantity: number;
}

export interface CatalogStockView {
  centre_id: string | null;
  listing_id: string | null;
  lot: string | null;
  quantity: number | null;
  seller_id: string | null;
  units: number | null;
}

export interface FeedsCursors {
  etag: string | null;
  full_at: Timestamp | null;
  full_items: number | null;
  heard_to: string | null;
  last_modified: string | null;
  moved_at: Timestamp;
  pull_id: string;
  source: string;
  unpacked_sha256: Buffer | null;
}

export interface FeedsDocuments {
  agency: string;
  body: Buffer;
  document_sha256: Buffer;
  import_id: string;
  recall_number: string | null;
  received_at: Timestamp;
}

export interface FeedsHealthView {
  agency: string | null;
  failures_since: number | null;
  full_at: Timestamp | null;
  full_items: number | null;
  heard_to: string | null;
  held_at: Timestamp | null;
  held_items: number | null;
  hold_id: string | null;
  hold_reason: string | null;
  last_ended_at: Timestamp | null;
  last_outcome: string | null;
  last_pull_at: Timestamp | null;
  last_pull_id: string | null;
  last_reason: string | null;
  last_said: string | null;
  last_success_at: Timestamp | null;
  not_before: Timestamp | null;
  source: string | null;
  usual_items: number | null;
}

export interface FeedsHoldDecisions {
  actor: string;
  decided_at: Timestamp;
  decision: string;
  hold_id: string;
  reason: string;
}

export interface FeedsHolds {
  agency: string;
  held_at: Timestamp;
  hold_id: string;
  items: number;
  pull_id: string;
  reason: string;
  source: string;
  unpacked_sha256: Buffer;
  usual_items: number;
}

export interface FeedsImportErrors {
  error_no: number;
  excerpt: string;
  field: string;
  import_id: string;
  line: number;
  problem: string;
}

export interface FeedsImports {
  agency: string;
  ended_at: Timestamp | null;
  file_bytes: number | null;
  file_sha256: Buffer | null;
  followed_up_at: Timestamp | null;
  import_id: string;
  items: Generated<number>;
  new_documents: Generated<number>;
  new_recalls: Generated<number>;
  new_revisions: Generated<number>;
  refused: Generated<number>;
  source: string;
  started_at: Timestamp;
  unchanged: Generated<number>;
}

export interface FeedsPullBodies {
  address: string;
  body_bytes: number;
  body_no: number;
  body_sha256: Buffer;
  committed_at: Timestamp | null;
  file_kept: Generated<boolean>;
  items: number;
  pull_id: string;
  received_at: Timestamp;
  status: number;
  unpacked_sha256: Buffer;
  version: Generated<string>;
}

export interface FeedsPulls {
  actor: string;
  agency: string;
  bytes: Generated<number>;
  ended_at: Timestamp | null;
  import_id: string | null;
  items: Generated<number>;
  mode: string;
  not_before: Timestamp | null;
  outcome: string | null;
  pull_id: string;
  reason: string | null;
  requests: Generated<number>;
  said: Generated<string>;
  source: string;
  started_at: Timestamp;
  window_from: string | null;
  window_to: string | null;
}

export interface MatchingDecisions {
  decided_at: Timestamp;
  decided_by: string;
  decision_no: number;
  engine_answer: string | null;
  engine_tier: string | null;
  engine_weight: number | null;
  listing_id: string;
  listing_sha256: Buffer | null;
  reason: string;
  recall_id: string;
  revision: number | null;
  ruling: string;
  undoes: number | null;
}

export interface MatchingDecisionsView {
  decided_at: Timestamp | null;
  decided_by: string | null;
  decision_no: number | null;
  engine_answer: string | null;
  engine_tier: string | null;
  engine_weight: number | null;
  is_latest: boolean | null;
  listing_id: string | null;
  reason: string | null;
  recall_id: string | null;
  revision: number | null;
  ruling: string | null;
  undoes: number | null;
}

export interface MatchingGateSettings {
  reason: string;
  set_at: Timestamp;
  set_by: string;
  setting_no: number;
  severity: string;
  waits: boolean;
}

export interface MatchingGateSettingsView {
  reason: string | null;
  set_at: Timestamp | null;
  set_by: string | null;
  severity: string | null;
  waits: boolean | null;
}

export interface MatchingGatesView {
  decided_by: string | null;
  gate: string | null;
  listing_id: string | null;
  recall_id: string | null;
  ruling: string | null;
  since: Timestamp | null;
}

export interface MatchingMatches {
  answer: string;
  listing_id: string;
  reasons: Json;
  recall_id: string;
  revision: number;
  screened_at: Timestamp;
  tier: string;
  weight: number;
}

export interface MatchingMatchesView {
  answer: string | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
  decision_reason: string | null;
  engine_answer: string | null;
  listing_id: string | null;
  reasons: Json | null;
  recall_id: string | null;
  revision: number | null;
  ruling: string | null;
  screened_at: Timestamp | null;
  tier: string | null;
  weight: number | null;
}

export interface MatchingOpenMatchesView {
  answer: string | null;
  decided_by: string | null;
  listing_id: string | null;
  recall_id: string | null;
  revision: number | null;
  ruling: string | null;
  tier: string | null;
  weight: number | null;
  why: string | null;
}

export interface MatchingScreenedListings {
  listing_id: string;
  rules: string;
  tokens: number[];
  updated_at: Timestamp;
}

export interface MatchingScreenedRecalls {
  recall_id: string;
  revision: number;
  screened_at: Timestamp;
}

export interface MatchingSettings {
  reason: string;
  set_at: Timestamp;
  set_by: string;
  setting_no: number;
  thresholds: Json;
}

export interface OutreachAccountDeliveries {
  administrator_id: string;
  answer_text: string | null;
  attempt: number;
  buyers: number;
  campaign_id: string;
  ended_at: Timestamp | null;
  message_id: string;
  outcome: string | null;
  recipient_domain: string | null;
  returned_at: Timestamp | null;
  returned_text: string | null;
  started_at: Timestamp;
  telling: number;
  units: number;
}

export interface OutreachAccountNotices {
  account_notice_id: string;
  administrator_id: string;
  answer: string;
  attempts: number;
  buyers: number;
  campaign_id: string;
  created_at: Timestamp;
  not_before: Timestamp | null;
  state: string;
  state_at: Timestamp;
  state_reason: string;
  telling: number;
  units: number;
}

export interface OutreachAccountNoticesView {
  administrator_id: string | null;
  answer: string | null;
  buyers: number | null;
  campaign_id: string | null;
  created_at: Timestamp | null;
  state: string | null;
  state_at: Timestamp | null;
  state_reason: string | null;
  telling: number | null;
  units: number | null;
}

export interface OutreachAccountRuns {
  campaign_id: string;
  fence: Generated<number>;
  lease_until: Timestamp | null;
}

export interface OutreachAcknowledgements {
  acknowledged_at: Timestamp;
  buyer_id: string;
  campaign_id: string;
  how: string;
}

export interface OutreachAffectedLines {
  amount_minor: number;
  answer: string;
  buyer_id: string;
  campaign_id: string;
  currency: string;
  found_at: Timestamp;
  line_no: number;
  listing_id: string;
  order_id: string;
  ordered_at: Timestamp;
  seller_id: string;
  units: number;
}

export interface OutreachAffectedLinesView {
  amount_minor: number | null;
  answer: string | null;
  buyer_id: string | null;
  campaign_id: string | null;
  cleared_at: Timestamp | null;
  currency: string | null;
  found_at: Timestamp | null;
  line_no: number | null;
  listing_id: string | null;
  order_id: string | null;
  ordered_at: Timestamp | null;
  seller_id: string | null;
  units: number | null;
}

export interface OutreachBriefs {
  brief_no: Generated<number>;
  campaign_id: string;
  content: Json;
  created_at: Timestamp;
  jurisdiction: string;
  own: boolean;
  recall_id: string;
}

export interface OutreachDeliveries {
  answer_text: string | null;
  attempt: number;
  buyer_id: string;
  campaign_id: string;
  channel: string;
  ended_at: Timestamp | null;
  message_id: string | null;
  outcome: string | null;
  recipient_domain: string | null;
  started_at: Timestamp;
  wave: number;
}

export interface OutreachDeliveriesView {
  answer_text: string | null;
  attempt: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  channel: string | null;
  ended_at: Timestamp | null;
  message_id: string | null;
  outcome: string | null;
  recipient_domain: string | null;
  started_at: Timestamp | null;
  wave: number | null;
}

export interface OutreachLetters {
  answer: string;
  attempt: number;
  buyer_id: string;
  campaign_id: string;
  print_job_id: string;
  sequence: number;
  units: number;
  wave: number;
}

export interface OutreachLineChecks {
  actor: string;
  answer: string;
  brief_no: number;
  buyer_id: string;
  campaign_id: string;
  check_no: number;
  checked_at: Timestamp;
  line_no: number;
  order_id: string;
  stated: Json;
}

export interface OutreachLineChecksView {
  actor: string | null;
  answer: string | null;
  brief_no: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  check_no: number | null;
  checked_at: Timestamp | null;
  line_no: number | null;
  order_id: string | null;
  stated: Json | null;
}

export interface OutreachNotices {
  answer: string;
  brief_no: Generated<number>;
  bucket: number;
  buyer_id: string;
  campaign_id: string;
  created_at: Timestamp;
  jurisdiction: string | null;
  notice_id: string;
  recall_id: string | null;
  state: string;
  state_at: Timestamp;
  state_reason: string;
  units: number;
}

export interface OutreachNoticesView {
  acknowledged_at: Timestamp | null;
  acknowledged_how: string | null;
  answer: string | null;
  buyer_id: string | null;
  campaign_id: string | null;
  created_at: Timestamp | null;
  jurisdiction: string | null;
  notice_id: string | null;
  recall_id: string | null;
  state: string | null;
  state_at: Timestamp | null;
  state_reason: string | null;
  units: number | null;
}

export interface OutreachPlaybooks {
  campaign_id: string;
  content: Json;
  decided_at: Timestamp;
  decided_by: string;
  playbook_no: number;
  reason: string;
}

export interface OutreachPlaybooksView {
  campaign_id: string | null;
  content: Json | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
  playbook_no: number | null;
  reason: string | null;
}

export interface OutreachPrintFiles {
  bytes: number;
  kind: string;
  letters: number;
  name: string;
  pages: number;
  paper: string | null;
  print_job_id: string;
  sha256: Buffer;
}

export interface OutreachPrintJobs {
  campaign_id: string;
  print_job_id: string;
  print_no: number;
}

export interface OutreachPrintJobSteps {
  at: Timestamp;
  by: string;
  note: string;
  print_job_id: string;
  step: string;
}

export interface OutreachProviderEvents {
  event_id: string;
  taken_at: Timestamp;
}

export interface OutreachReturns {
  attempt: number;
  buyer_id: string;
  campaign_id: string;
  channel: string;
  diagnostic: string;
  kind: string;
  matched_by: string;
  return_key: string;
  status: string;
  taken_at: Timestamp;
  undoes: boolean;
  wave: number;
  way: string;
}

export interface OutreachReturnsView {
  attempt: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  channel: string | null;
  diagnostic: string | null;
  kind: string | null;
  matched_by: string | null;
  status: string | null;
  taken_at: Timestamp | null;
  undoes: boolean | null;
  wave: number | null;
  way: string | null;
}

export interface OutreachSellerContacts {
  buyer_id: string;
  campaign_id: string;
  channel: string | null;
  contact_no: number;
  covers_not: string | null;
  covers_until: Timestamp | null;
  ended_as: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  ended_why: string | null;
  kind: string;
  list_id: string;
  order_id: string;
  outcome: string | null;
  recorded_at: Timestamp;
  seller_id: string;
  told_at: Timestamp | null;
}

export interface OutreachSellerContactsView {
  buyer_id: string | null;
  campaign_id: string | null;
  channel: string | null;
  contact_no: number | null;
  covers_not: string | null;
  covers_until: Timestamp | null;
  ended_as: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  ended_why: string | null;
  kind: string | null;
  list_id: string | null;
  order_id: string | null;
  outcome: string | null;
  recorded_at: Timestamp | null;
  seller_id: string | null;
  told_at: Timestamp | null;
}

export interface OutreachSellerLists {
  campaign_id: string;
  kind: string;
  list_id: string;
  recorded_at: Timestamp;
  recorded_by: string;
  seller_id: string;
  until: Timestamp | null;
}

export interface OutreachSellerListsView {
  campaign_id: string | null;
  kind: string | null;
  list_id: string | null;
  recorded_at: Timestamp | null;
  recorded_by: string | null;
  seller_id: string | null;
  until: Timestamp | null;
}

export interface OutreachUnmatchedReturns {
  diagnostic: string;
  kind: string;
  recipient_domain: string | null;
  return_key: string;
  status: string;
  taken_at: Timestamp;
  way: string;
}

export interface OutreachWaveBuckets {
  again: Generated<number>;
  attempt: Generated<number>;
  bucket: number;
  campaign_id: string;
  checkpoint: Generated<string>;
  done_at: Timestamp | null;
  fence: Generated<number>;
  in_flight_to: string | null;
  lease_owner: string | null;
  lease_until: Timestamp | null;
  not_before: Timestamp | null;
  version: Generated<number>;
  wave: number;
}

export interface OutreachWaves {
  after: Generated<string[]>;
  campaign_id: string;
  channel: string;
  created_at: Timestamp;
  created_by: string;
  kind: Generated<string>;
  reminder_no: number | null;
  wave: number;
}

export interface OutreachWavesView {
  buckets: number | null;
  buckets_done: number | null;
  campaign_id: string | null;
  channel: string | null;
  created_at: Timestamp | null;
  created_by: string | null;
  kind: string | null;
  last_done_at: Timestamp | null;
  reminder_no: number | null;
  wave: number | null;
}

export interface PlatformApiKeyRevocations {
  key_id: string;
  reason: string;
  revoked_at: Timestamp;
  revoked_by: string;
}

export interface PlatformApiKeys {
  created_at: Timestamp;
  created_by: string;
  key_id: string;
  name: string;
  scopes: string[];
  secret_sha256: Buffer;
}

export interface PlatformAuditLog {
  action: string;
  actor: string;
  at: Timestamp;
  detail: Json;
  hash: Buffer;
  prev_hash: Buffer;
  seq: number;
  subject: string;
}

export interface PlatformIdempotencyKeys {
  at: Generated<Timestamp>;
  body: string | null;
  key: string;
  principal: string;
  request_hash: Buffer;
  route: string;
  status: number | null;
}

export interface PlatformMailboxMessages {
  mail_from: string;
  message_id: string | null;
  message_no: Generated<number>;
  raw: Buffer;
  rcpt_to: string;
  received_at: Generated<Timestamp>;
  subject: string | null;
}

export interface RecallsCompared {
  compared_at: Timestamp;
  recall_id: string;
  revision: number;
}

export interface RecallsCorrections {
  correction_no: number;
  decided_at: Timestamp;
  decided_by: string;
  field: string;
  read_value: Json;
  reason: string;
  recall_id: string;
  revision: number;
  value: Json;
}

export interface RecallsCorrectionsView {
  correction_no: number | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
  field: string | null;
  read_now: Json | null;
  read_value: Json | null;
  reason: string | null;
  recall_id: string | null;
  revision: number | null;
  text_changed_since: boolean | null;
  value: Json | null;
  withdrawn_at: Timestamp | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
  withdrawn_revision: number | null;
}

export interface RecallsCorrectionWithdrawals {
  correction_no: number;
  reason: string;
  recall_id: string;
  revision: number;
  withdrawn_at: Timestamp;
  withdrawn_by: string;
}

export interface RecallsCurrentRecallsView {
  agency: string | null;
  content: Json | null;
  first_seen_at: Timestamp | null;
  kind: string | null;
  published_on: string | null;
  recall_id: string | null;
  recall_number: string | null;
  recorded_at: Timestamp | null;
  revision: number | null;
  title: string | null;
}

export interface RecallsExpansions {
  earlier_id: string;
  proposed_at: Timestamp;
  proposed_by: string;
  reasons: Json;
  recall_id: string;
  weight: number;
}

export interface RecallsExpansionsView {
  earlier_id: string | null;
  proposed_at: Timestamp | null;
  proposed_by: string | null;
  reasons: Json | null;
  recall_id: string | null;
  standing: string | null;
  weight: number | null;
}

export interface RecallsFollowedUp {
  followed_up_at: Timestamp;
  recall_id: string;
  revision: number;
}

export interface RecallsJointView {
  member_id: string | null;
  recall_id: string | null;
}

export interface RecallsLinkDecisions {
  decided_at: Timestamp;
  decided_by: string;
  decision_no: number;
  other_recall_id: string;
  reason: string;
  recall_id: string;
  ruling: string;
}

export interface RecallsLinks {
  decided_at: Timestamp;
  decided_by: string;
  how: string;
  link_key: string;
  other_agency: string;
  other_number: string | null;
  other_recall_id: string | null;
  other_url: string | null;
  reasons: Generated<Json>;
  recall_id: string;
  weight: number | null;
}

export interface RecallsLinksView {
  decided_at: Timestamp | null;
  decided_by: string | null;
  how: string | null;
  other_agency: string | null;
  other_number: string | null;
  other_recall_id: string | null;
  other_url: string | null;
  reasons: Json | null;
  recall_id: string | null;
  standing: string | null;
  weight: number | null;
}

export interface RecallsRecalls {
  agency: string;
  first_seen_at: Timestamp;
  recall_id: string;
  recall_number: string;
}

export interface RecallsRevisionOrderView {
  recall_id: string | null;
  revision: number | null;
  revision_no: number | null;
}

export interface RecallsRevisions {
  cause: Generated<string>;
  content: Json;
  content_sha256: Buffer;
  document_sha256: Buffer;
  kind: string;
  published_on: string;
  recall_id: string;
  recorded_at: Timestamp;
  revision: number;
  revision_no: Generated<number>;
  severity: Generated<string>;
  title: string;
}

export interface RecallsRevisionsView {
  cause: string | null;
  content: Json | null;
  content_sha256: Buffer | null;
  document_sha256: Buffer | null;
  kind: string | null;
  published_on: string | null;
  recall_id: string | null;
  recorded_at: Timestamp | null;
  revision: number | null;
  title: string | null;
}

export interface RecallsSeveritiesView {
  agency: string | null;
  rank: number | null;
  recall_id: string | null;
  severity: string | null;
}

export interface RemediesCaseEvents {
  actor: string;
  at: Timestamp;
  buyer_id: string;
  campaign_id: string;
  detail: Json;
  event_no: number;
  kind: string;
}

export interface RemediesCaseEventsView {
  actor: string | null;
  at: Timestamp | null;
  buyer_id: string | null;
  campaign_id: string | null;
  detail: Json | null;
  event_no: number | null;
  kind: string | null;
}

export interface RemediesCaseLines {
  amount_minor: number;
  buyer_id: string;
  campaign_id: string;
  currency: string;
  line_no: number;
  order_id: string;
  units: number;
}

export interface RemediesCaseLinesView {
  amount_minor: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  currency: string | null;
  line_no: number | null;
  order_id: string | null;
  units: number | null;
}

export interface RemediesCases {
  buyer_id: string;
  campaign_id: string;
  case_id: string;
  opened_at: Timestamp;
  remedy: string;
  state: string;
  state_at: Timestamp;
}

export interface RemediesCasesView {
  buyer_id: string | null;
  campaign_id: string | null;
  case_id: string | null;
  currency: string | null;
  opened_at: Timestamp | null;
  refund_minor: number | null;
  remedy: string | null;
  state: string | null;
  state_at: Timestamp | null;
  units: number | null;
}

export interface RemediesDemoPayments {
  amount_minor: number;
  buyer_id: string;
  currency: string;
  idempotency_key: string;
  paid_at: Timestamp;
  payment_reference: string;
}

export interface RemediesOffers {
  campaign_id: string;
  created_at: Timestamp;
  jurisdiction: string;
  options: Json;
  own: boolean;
  proof: string;
  recall_id: string;
}

export interface RemediesProofs {
  buyer_id: string;
  bytes: number;
  campaign_id: string;
  file_sha256: Buffer;
  height: number | null;
  media_type: string;
  submitted_at: Timestamp;
  width: number | null;
}

export interface RemediesProofsView {
  buyer_id: string | null;
  bytes: number | null;
  campaign_id: string | null;
  file_sha256: string | null;
  height: number | null;
  media_type: string | null;
  submitted_at: Timestamp | null;
  width: number | null;
}

export interface RemediesRefunds {
  amount_minor: number;
  answer_text: string | null;
  asked_at: Timestamp;
  attempts: Generated<number>;
  buyer_id: string;
  campaign_id: string;
  currency: string;
  idempotency_key: string;
  next_try_at: Timestamp;
  outcome: string | null;
  payment_reference: string | null;
  settled_at: Timestamp | null;
}

export interface RemediesRefundsView {
  amount_minor: number | null;
  asked_at: Timestamp | null;
  attempts: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  currency: string | null;
  idempotency_key: string | null;
  outcome: string | null;
  payment_reference: string | null;
  settled_at: Timestamp | null;
}

export interface SupplyGateEnds {
  ended_at: Timestamp;
  ended_by: string;
  gate_no: number;
  listing_id: string;
  reason: string;
  recall_id: string;
}

export interface SupplyGates {
  gate: string;
  gate_no: number;
  listing_id: string;
  placed_at: Timestamp;
  placed_by: string;
  recall_id: string;
  statement: Json;
}

export interface SupplyGatesView {
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by: string | null;
  gate: string | null;
  gate_no: number | null;
  listing_id: string | null;
  placed_at: Timestamp | null;
  placed_by: string | null;
  recall_id: string | null;
  statement: Json | null;
}

export interface SupplyHoldEnds {
  campaign_id: string;
  centre_id: string;
  ended_at: Timestamp;
  ended_by: string;
  hold_no: number;
  listing_id: string;
  lot: string;
  passed_to: string | null;
}

export interface SupplyHolds {
  campaign_id: string;
  centre_id: string;
  hold_no: Generated<number>;
  listing_id: string;
  lot: string;
  placed_at: Timestamp;
  placed_by: string;
  units: number;
}

export interface SupplyHoldsView {
  campaign_id: string | null;
  centre_id: string | null;
  listing_id: string | null;
  lot: string | null;
  placed_at: Timestamp | null;
  placed_by: string | null;
  units: number | null;
}

export interface SupplyInterceptionEnds {
  buyer_id: string;
  campaign_id: string;
  ended_at: Timestamp;
  line_no: number;
  listing_id: string;
  order_id: string;
}

export interface SupplyInterceptions {
  amount_minor: number;
  buyer_id: string;
  campaign_id: string;
  centre_id: string;
  currency: string;
  intercepted_at: Timestamp;
  line_no: number;
  listing_id: string;
  lot: string;
  order_id: string;
  units: number;
}

export interface SupplyInterceptionsView {
  amount_minor: number | null;
  buyer_id: string | null;
  campaign_id: string | null;
  centre_id: string | null;
  currency: string | null;
  intercepted_at: Timestamp | null;
  line_no: number | null;
  listing_id: string | null;
  lot: string | null;
  order_id: string | null;
  units: number | null;
}

export interface SupplyStopHistoryView {
  campaign_id: string | null;
  listing_id: string | null;
  placed_at: Timestamp | null;
  placed_by: string | null;
  release_reason: string | null;
  release_statement: Json | null;
  released_at: Timestamp | null;
  released_by: string | null;
  statement: Json | null;
  stop_no: number | null;
}

export interface SupplyStopReleases {
  campaign_id: string;
  listing_id: string;
  reason: string;
  released_at: Timestamp;
  released_by: string;
  statement: Json | null;
  stop_no: Generated<number>;
}

export interface SupplyStops {
  campaign_id: string;
  listing_id: string;
  placed_at: Timestamp;
  placed_by: string;
  statement: Json;
  stop_no: Generated<number>;
}

export interface SupplyStopsView {
  campaign_id: string | null;
  listing_id: string | null;
  placed_at: Timestamp | null;
  placed_by: string | null;
  release_reason: string | null;
  release_statement: Json | null;
  released_at: Timestamp | null;
  released_by: string | null;
  statement: Json | null;
  stop_no: number | null;
}

export interface SupplyUnitBalancesView {
  account: string | null;
  listing_id: string | null;
  lot: string | null;
  units: number | null;
}

export interface SupplyUnitEntries {
  campaign_id: string;
  centre_id: Generated<string>;
  entry_key: string;
  from_account: string;
  listing_id: string;
  lot: string;
  posted_at: Timestamp;
  posted_by: string;
  to_account: string;
  units: number;
}

export interface SupplyUnitEntriesView {
  campaign_id: string | null;
  centre_id: string | null;
  entry_key: string | null;
  from_account: string | null;
  listing_id: string | null;
  lot: string | null;
  posted_at: Timestamp | null;
  posted_by: string | null;
  to_account: string | null;
  units: number | null;
}

export interface DB {
  "auth.account": AuthAccount;
  "auth.session": AuthSession;
  "auth.user": AuthUser;
  "auth.verification": AuthVerification;
  "campaigns.campaign_recalls": CampaignsCampaignRecalls;
  "campaigns.campaign_recalls_view": CampaignsCampaignRecallsView;
  "campaigns.campaigns": CampaignsCampaigns;
  "campaigns.campaigns_view": CampaignsCampaignsView;
  "campaigns.proposal_decisions": CampaignsProposalDecisions;
  "campaigns.proposal_listings": CampaignsProposalListings;
  "campaigns.proposals": CampaignsProposals;
  "campaigns.proposals_view": CampaignsProposalsView;
  "campaigns.release_answers": CampaignsReleaseAnswers;
  "campaigns.release_requests": CampaignsReleaseRequests;
  "campaigns.release_requests_view": CampaignsReleaseRequestsView;
  "campaigns.scopes": CampaignsScopes;
  "campaigns.scopes_view": CampaignsScopesView;
  "campaigns.steps": CampaignsSteps;
  "campaigns.steps_view": CampaignsStepsView;
  "catalog.buyers": CatalogBuyers;
  "catalog.buyers_view": CatalogBuyersView;
  "catalog.centres": CatalogCentres;
  "catalog.centres_view": CatalogCentresView;
  "catalog.import_errors": CatalogImportErrors;
  "catalog.imports": CatalogImports;
  "catalog.listings": CatalogListings;
  "catalog.listings_view": CatalogListingsView;
  "catalog.order_lines": CatalogOrderLines;
  "catalog.order_lines_view": CatalogOrderLinesView;
  "catalog.sellers": CatalogSellers;
  "catalog.sellers_view": CatalogSellersView;
  "catalog.stock": CatalogStock;
  "catalog.stock_view": CatalogStockView;
  "feeds.cursors": FeedsCursors;
  "feeds.documents": FeedsDocuments;
  "feeds.health_view": FeedsHealthView;
  "feeds.hold_decisions": FeedsHoldDecisions;
  "feeds.holds": FeedsHolds;
  "feeds.import_errors": FeedsImportErrors;
  "feeds.imports": FeedsImports;
  "feeds.pull_bodies": FeedsPullBodies;
  "feeds.pulls": FeedsPulls;
  "matching.decisions": MatchingDecisions;
  "matching.decisions_view": MatchingDecisionsView;
  "matching.gate_settings": MatchingGateSettings;
  "matching.gate_settings_view": MatchingGateSettingsView;
  "matching.gates_view": MatchingGatesView;
  "matching.matches": MatchingMatches;
  "matching.matches_view": MatchingMatchesView;
  "matching.open_matches_view": MatchingOpenMatchesView;
  "matching.screened_listings": MatchingScreenedListings;
  "matching.screened_recalls": MatchingScreenedRecalls;
  "matching.settings": MatchingSettings;
  "outreach.account_deliveries": OutreachAccountDeliveries;
  "outreach.account_notices": OutreachAccountNotices;
  "outreach.account_notices_view": OutreachAccountNoticesView;
  "outreach.account_runs": OutreachAccountRuns;
  "outreach.acknowledgements": OutreachAcknowledgements;
  "outreach.affected_lines": OutreachAffectedLines;
  "outreach.affected_lines_view": OutreachAffectedLinesView;
  "outreach.briefs": OutreachBriefs;
  "outreach.deliveries": OutreachDeliveries;
  "outreach.deliveries_view": OutreachDeliveriesView;
  "outreach.letters": OutreachLetters;
  "outreach.line_checks": OutreachLineChecks;
  "outreach.line_checks_view": OutreachLineChecksView;
  "outreach.notices": OutreachNotices;
  "outreach.notices_view": OutreachNoticesView;
  "outreach.playbooks": OutreachPlaybooks;
  "outreach.playbooks_view": OutreachPlaybooksView;
  "outreach.print_files": OutreachPrintFiles;
  "outreach.print_job_steps": OutreachPrintJobSteps;
  "outreach.print_jobs": OutreachPrintJobs;
  "outreach.provider_events": OutreachProviderEvents;
  "outreach.returns": OutreachReturns;
  "outreach.returns_view": OutreachReturnsView;
  "outreach.seller_contacts": OutreachSellerContacts;
  "outreach.seller_contacts_view": OutreachSellerContactsView;
  "outreach.seller_lists": OutreachSellerLists;
  "outreach.seller_lists_view": OutreachSellerListsView;
  "outreach.unmatched_returns": OutreachUnmatchedReturns;
  "outreach.wave_buckets": OutreachWaveBuckets;
  "outreach.waves": OutreachWaves;
  "outreach.waves_view": OutreachWavesView;
  "platform.api_key_revocations": PlatformApiKeyRevocations;
  "platform.api_keys": PlatformApiKeys;
  "platform.audit_log": PlatformAuditLog;
  "platform.idempotency_keys": PlatformIdempotencyKeys;
  "platform.mailbox_messages": PlatformMailboxMessages;
  "recalls.compared": RecallsCompared;
  "recalls.correction_withdrawals": RecallsCorrectionWithdrawals;
  "recalls.corrections": RecallsCorrections;
  "recalls.corrections_view": RecallsCorrectionsView;
  "recalls.current_recalls_view": RecallsCurrentRecallsView;
  "recalls.expansions": RecallsExpansions;
  "recalls.expansions_view": RecallsExpansionsView;
  "recalls.followed_up": RecallsFollowedUp;
  "recalls.joint_view": RecallsJointView;
  "recalls.link_decisions": RecallsLinkDecisions;
  "recalls.links": RecallsLinks;
  "recalls.links_view": RecallsLinksView;
  "recalls.recalls": RecallsRecalls;
  "recalls.revision_order_view": RecallsRevisionOrderView;
  "recalls.revisions": RecallsRevisions;
  "recalls.revisions_view": RecallsRevisionsView;
  "recalls.severities_view": RecallsSeveritiesView;
  "remedies.case_events": RemediesCaseEvents;
  "remedies.case_events_view": RemediesCaseEventsView;
  "remedies.case_lines": RemediesCaseLines;
  "remedies.case_lines_view": RemediesCaseLinesView;
  "remedies.cases": RemediesCases;
  "remedies.cases_view": RemediesCasesView;
  "remedies.demo_payments": RemediesDemoPayments;
  "remedies.offers": RemediesOffers;
  "remedies.proofs": RemediesProofs;
  "remedies.proofs_view": RemediesProofsView;
  "remedies.refunds": RemediesRefunds;
  "remedies.refunds_view": RemediesRefundsView;
  "supply.gate_ends": SupplyGateEnds;
  "supply.gates": SupplyGates;
  "supply.gates_view": SupplyGatesView;
  "supply.hold_ends": SupplyHoldEnds;
  "supply.holds": SupplyHolds;
  "supply.holds_view": SupplyHoldsView;
  "supply.interception_ends": SupplyInterceptionEnds;
  "supply.interceptions": SupplyInterceptions;
  "supply.interceptions_view": SupplyInterceptionsView;
  "supply.stop_history_view": SupplyStopHistoryView;
  "supply.stop_releases": SupplyStopReleases;
  "supply.stops": SupplyStops;
  "supply.stops_view": SupplyStopsView;
  "supply.unit_balances_view": SupplyUnitBalancesView;
  "supply.unit_entries": SupplyUnitEntries;
  "supply.unit_entries_view": SupplyUnitEntriesView;
}

