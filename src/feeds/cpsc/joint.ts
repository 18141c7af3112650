/** With whom the CPSC announces a recall: the addresses in `Inconjunctions`, or its words where that is empty. Pure. */
import { z } from 'zod'
import type { JointLink } from '../../recalls/index.ts'
import { declaredLink, jointLinks, readJointMarker } from '../joint.ts'

const shape = z.object({
  Title: z.string().nullish(),
  Description: z.string().nullish(),
  Inconjunctions: z.array(z.object({ URL: z.string().nullish() })).nullish(),
})

/**
 * What a CPSC document says of joint recalls, to be spread into its recall. Absent where it says nothing, so that the content of recalls without
 * a partner stays what it was. Reads the document as received, since lists of links in it may be missing altogether.
 */
export function readCpscJoint(document: unknown): { jointWith?: JointLink[] } {
  const read = shape.safeParse(document)
  if (!read.success) return {}
  const { Title, Description, Inconjunctions } = read.data
  const declared = (Inconjunctions ?? []).flatMap((each) => declaredLink(each.URL ?? '') ?? [])
  return jointLinks(declared, readJointMarker(`${Title ?? ''}\n${(Description ?? '').slice(0, 40_000)}`, 'CPSC'))
}
