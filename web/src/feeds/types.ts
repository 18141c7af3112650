/** What the API says about the feeds, as JSON. */
export type FeedStatus = {
  agency: string
  last_import_at: string | null
  source: string | null
  items: number
  new_recalls: number
  new_revisions: number
  refused: number
}
