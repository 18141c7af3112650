/**
 * Cuts NHTSA's flat file into campaigns: all rows of one number are one item, the rows' exact bytes one after the other. Rows of a campaign may
 * stand anywhere in the file, as amendments are appended; so the file is laid down on disk first, and only where each row lies is held in memory.
 */
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { excerptOf, type FeedBytes, type FeedProblem, type SplitPart } from '../contract.ts'

/** A campaign may have thousands of rows with the same long texts. */
export const CAMPAIGN_BYTES_MAX = 32 * 1024 * 1024
const ROW_BYTES_MAX = 1024 * 1024
/** A number holds no more (RCL.txt, field 2). */
const NUMBER = /^[0-9A-Z-]{4,12}$/i

const [LF, TAB] = [0x0a, 0x09]

/** Rows that lie next to each other. */
type Extent = { from: number; size: number }
type Campaign = { line: number; extents: Extent[]; size: number }

export async function* splitCampaigns(bytes: FeedBytes): AsyncGenerator<SplitPart, void, undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-feed-'))
  const file = await open(path.join(folder, 'rows'), 'w+')
  try {
    const index = new RowIndex()
    for await (const read of bytes) {
      if (!read.ok) {
        // With its end a campaign may have lost rows, and one that has lost some would say that those products are not recalled.
        yield index.broken(`${read.problem.message}; no campaign of this file is known to be whole, so none was taken`)
        return
      }
      await file.write(read.value)
      index.take(read.value)
    }
    index.end()
    if (index.campaigns.size === 0 && index.problems.length === 0) {
      yield index.broken('the file is empty')
      return
    }
    for (const problem of index.problems) yield { kind: 'problem', problem }
    for (const [number, campaign] of index.campaigns) yield await campaignPart(file, number, campaign)
  } finally {
    await file.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function campaignPart(file: FileHandle, number: string, campaign: Campaign): Promise<SplitPart> {
  const { line, extents, size } = campaign
  const tooLarge = size > CAMPAIGN_BYTES_MAX
  const bytes = Buffer.alloc(tooLarge ? 512 : size)
  let at = 0
  for (const extent of extents) {
    if (at >= bytes.length) break
    at += (await file.read(bytes, at, Math.min(extent.size, bytes.length - at), extent.from)).bytesRead
  }
  if (!tooLarge) return { kind: 'item', item: { bytes, line } }
  const problem = `campaign ${number} has ${size} bytes, more than the ${CAMPAIGN_BYTES_MAX / 1024 / 1024} MB allowed`
  return { kind: 'problem', problem: { line, field: '', problem, excerpt: excerptOf(bytes) } }
}

/** Where each campaign's rows lie. */
class RowIndex {
  readonly campaigns = new Map<string, Campaign>()
  readonly problems: FeedProblem[] = []
  private offset = 0
  private line = 1
  private rowStart = 0
  /** The open row's beginning: as much as its number needs. */
  private head: Buffer = Buffer.alloc(0)

  take(chunk: Buffer): void {
    let from = 0
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      this.keepHead(chunk.subarray(from, at))
      this.row(this.offset + at + 1)
      from = at + 1
    }
    this.keepHead(chunk.subarray(from))
    this.offset += chunk.length
  }

  end(): void {
    if (this.offset > this.rowStart) this.row(this.offset)
  }

  broken(problem: string): SplitPart {
    return { kind: 'broken', problem: { line: this.line, field: '', problem, excerpt: excerptOf(this.head) } }
  }

  private keepHead(slice: Buffer): void {
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, slice.subarray(0, HEAD_BYTES - this.head.length)])
  }

  private row(end: number): void {
    const [from, size, head, line] = [this.rowStart, end - this.rowStart, this.head, this.line]
    this.rowStart = end
    this.head = Buffer.alloc(0)
    this.line++
    const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
    if (text.trim() === '') return
    const number = text.split('\t')[1]?.trim() ?? ''
    if (!head.includes(TAB) || !NUMBER.test(number) || size > ROW_BYTES_MAX) {
      this.refuse(line, size > ROW_BYTES_MAX ? `the row has ${size} bytes, more than any real one` : rowProblem(text), head)
      return
    }
    const campaign = this.campaigns.get(number) ?? { line, extents: [], size: 0 }
    const last = campaign.extents.at(-1)
    if (last !== undefined && last.from + last.size === from) last.size += size
    else campaign.extents.push({ from, size })
    campaign.size += size
    this.campaigns.set(number, campaign)
  }

  private refuse(line: number, problem: string, head: Buffer): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ line, field: '', problem, excerpt: excerptOf(head) })
  }
}

const HEAD_BYTES = 160
/** A file of millions of wrong lines is one wrong file. */
const PROBLEMS_MAX = 10_000

function rowProblem(text: string): string {
  if (/^\s*</.test(text)) return 'this is a line of an HTML or XML page, not a row of the flat file'
  return text.includes('\t') ? 'the row has no campaign number in its second field (CAMPNO)' : 'the row is not separated by tabs'
}
