/** The photograph of a recalled product, as the agency published it, made ready for print. Asked for once per print job, outside any transaction. */
import sharp from 'sharp'

/** A JPEG and its size in pixels. */
export type Photo = { jpeg: Buffer; width: number; height: number }

/** What is at an address; throws where nothing can be had. Nothing but pictures is taken, whatever is there. */
export type FetchPhoto = (url: string) => Promise<Buffer>

const BYTES_MAX = 20_000_000
const SECONDS_MAX = 20
/** 60 mm in 300 dots per inch, and as much again for tall ones. */
const PIXELS_MAX = 1_000
const PIXELS_READ_MAX = 50_000_000

export async function fetchPhoto(url: string): Promise<Buffer> {
  // An address of a feed is not ours to trust: no other address behind it is followed, and what comes is only ever a picture on paper.
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(SECONDS_MAX * 1_000), headers: { accept: 'image/*' } })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > BYTES_MAX) throw new RangeError('the picture is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Null where there is no picture, or it cannot be read: letters are then printed without it, and the job says so. */
export async function photoAt(url: string, get: FetchPhoto): Promise<Photo | null> {
  if (!url.startsWith('https://')) return null
  try {
    const { data, info } = await sharp(await get(url), { limitInputPixels: PIXELS_READ_MAX })
      .rotate()
      .resize({ width: PIXELS_MAX, height: PIXELS_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    return null
  }
}
