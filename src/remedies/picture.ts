/** Pictures from strangers: read within limits, drawn anew, so that nothing of the file they sent is kept but what one can see. */
import sharp from 'sharp'
import { fail, ok, type Problem, type Result } from '../platform/result.ts'
import { isHeif, PHOTO_BYTES_MAX, PHOTO_FIELD, PHOTO_PIXELS_MAX, pictureFormat } from './photograph.ts'

/** A picture as it is kept. `width` and `height` are of the picture as sent, upright; `contrast` as in `PhotographFacts`. */
export type Picture = { bytes: Buffer; mediaType: 'image/jpeg'; width: number; height: number; contrast: number }

/** Longest side of what is kept: a serial number stays readable, and a photograph is a few hundred kilobytes. */
const KEPT_SIDE_MAX = 1_600
const JPEG_QUALITY = 80
const READ_SECONDS_MAX = 20

// Unpacking is what costs memory and processor time, so few are done at once and few may wait.
const AT_ONCE_MAX = 2
const WAITING_MAX = 16

/**
 * Reads a JPEG, PNG or WebP and encodes it anew as an upright sRGB JPEG without metadata: no place, no time, no serial number of the camera,
 * no thumbnail. A problem names the form field.
 */
export async function readPicture(sent: Uint8Array): Promise<Result<Picture>> {
  if (sent.byteLength > PHOTO_BYTES_MAX) return tooLarge()
  if (pictureFormat(sent) === null) return notAPicture(sent)
  if (!enterQueue())
    return fail('unavailable', 'Many photos are arriving at this moment. Please send yours again in a minute.', PHOTO_FIELD)
  await turn()
  try {
    return await encodeAnew(sent)
  } finally {
    leave()
  }
}

async function encodeAnew(sent: Uint8Array): Promise<Result<Picture>> {
  try {
    // Everything but the first picture of an animation is left out; `failOn: 'error'` refuses what is cut off or broken inside.
    const input = sharp(sent, { limitInputPixels: PHOTO_PIXELS_MAX, failOn: 'error', pages: 1, sequentialRead: true }).timeout({
      seconds: READ_SECONDS_MAX,
    })
    const { width, height, autoOrient } = await sharp(sent, { limitInputPixels: false }).metadata()
    if (width * height > PHOTO_PIXELS_MAX) return tooManyPixels()
    const bytes = await input
      .autoOrient()
      .resize({ width: KEPT_SIDE_MAX, height: KEPT_SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer()
    const { channels } = await sharp(bytes).stats()
    const contrast = Math.max(...channels.map((channel) => channel.stdev))
    return ok({ bytes, mediaType: 'image/jpeg', width: autoOrient.width, height: autoOrient.height, contrast })
  } catch {
    // The library throws for whatever it cannot read, and its words are not for buyers.
    return notAPicture(sent)
  }
}

/** What a file larger than we take is told; the form says it too, before such a file is read whole. */
export function tooLarge(): { ok: false; problem: Problem } {
  const mebibytes = PHOTO_BYTES_MAX / 1024 / 1024
  return fail('too_large', `${PHOTO_FIELD}: this file is larger than ${mebibytes} MB. Please send a smaller photo`, PHOTO_FIELD)
}

function tooManyPixels(): { ok: false; problem: Problem } {
  const millions = PHOTO_PIXELS_MAX / 1_000_000
  const hint = 'Please take it again with the ordinary setting of your camera'
  return fail('too_large', `${PHOTO_FIELD}: this picture has more than ${millions} million pixels. ${hint}`, PHOTO_FIELD)
}

function notAPicture(sent: Uint8Array): { ok: false; problem: Problem } {
  const heif = isHeif(sent) ? '. It is an iPhone HEIC file: take the photo with the button below, or send a screenshot of it' : ''
  return fail('invalid', `${PHOTO_FIELD}: this file is not a picture we can read (we take JPEG, PNG, WebP)${heif}`, PHOTO_FIELD)
}

let running = 0
const waiting: (() => void)[] = []

function enterQueue(): boolean {
  return running < AT_ONCE_MAX || waiting.length < WAITING_MAX
}

async function turn(): Promise<void> {
  if (running < AT_ONCE_MAX) running++
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

/** Hands the place to whoever waits longest, or gives it back. */
function leave(): void {
  const next = waiting.shift()
  if (next === undefined) running--
  else next()
}
