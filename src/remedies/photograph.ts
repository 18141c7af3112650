/** The rule that accepts a photograph, and what it takes to be one. Pure. */
import { fail, ok, type Result } from '../platform/result.ts'

/** The form field of the photograph; problems with it carry this name. */
export const PHOTO_FIELD = 'photo'

export const PHOTO_BYTES_MAX = 15 * 1024 * 1024

/**
 * Pictures of more pixels are refused before they are unpacked: a file of a few kilobytes can unpack to gigabytes. Phones take 12 to 50
 * million in their ordinary settings.
 */
export const PHOTO_PIXELS_MAX = 64_000_000

/** Photographs one case may hold. Nobody needs more; a script that tries does not fill the disk. */
export const PHOTOS_PER_CASE_MAX = 10

export type PictureFormat = 'jpeg' | 'png' | 'webp'

/**
 * The format by the first bytes of a file (JPEG: ITU T.81 B.1.1.3; PNG: ISO 15948 5.2; WebP: RFC 9649 2.3), or `null`. Decoders for anything
 * else never see what a stranger sends.
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'webp'
  return null
}

/** Whether the first bytes are those of a HEIF file (ISO 23008-12), which iPhones keep and we cannot read. */
export function isHeif(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12)).toString('latin1')
  return /^ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(head.slice(4))
}

/** What the rule looks at. */
export type PhotographFacts = {
  /** Of the picture as sent, upright. */
  width: number
  height: number
  /** Standard deviation of the most varied colour channel, 0 to 127: 0 where every pixel is the same. */
  contrast: number
  /** Another buyer of the campaign has sent the very same picture. */
  sentByAnother: boolean
}

/** The name under which the rule's decisions are recorded. */
export const PHOTOGRAPH_RULE = 'rule:photo-of-destruction'

const SHORT_SIDE_MIN = 240
const CONTRAST_MIN = 4

/**
 * Whether a photograph is accepted as proof, and why. It asks for what a program can know: that there is a picture large enough to see
 * something on it, that it is not all one colour (a covered lens), and that it is not another buyer's. Whether the product on it is destroyed
 * it takes from the buyer; officers can look at every photograph.
 */
export function acceptPhotograph(facts: PhotographFacts): Result<{ reasons: string[] }> {
  if (Math.min(facts.width, facts.height) < SHORT_SIDE_MIN) {
    return refuse(
      `this picture is too small to see anything on it (${facts.width} by ${facts.height} pixels). Please send the photo as your phone took it`,
    )
  }
  if (facts.contrast < CONTRAST_MIN)
    return refuse('this picture is all one color. Was something in front of the lens? Please take it again')
  if (facts.sentByAnother) return refuse('someone else has sent us this same picture. Please take a new photo of your own')
  const size = `The picture is ${facts.width} by ${facts.height} pixels.`
  return ok({ reasons: [size, 'It shows more than one color.', 'No other buyer of this campaign has sent it.'] })
}

function refuse(reason: string): Result<never> {
  return fail('invalid', `${PHOTO_FIELD}: ${reason}`, PHOTO_FIELD)
}
