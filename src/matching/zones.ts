/** Where in a recall a word or code stands, as bits. */
export const IN_NAME = 1
export const IN_TITLE = 2
export const IN_DESCRIPTION = 4
export const IN_FIRM = 8
export const IN_SOLD = 16
export const IN_BRAND = 32
/** The kind of product: `cup` of `Stainless Steel Children's Cups`. */
export const HEAD = 64
/** What the product was sold with or for: `scanner` of `power adapters sold with scanners`. */
export const HOST = 128
/** A code stated as a model, style, item or part number. */
export const MODEL = 256
/** A code stated as a serial number, lot or date code. */
export const SERIAL = 512
/** A code the recall says it does not cover. */
export const EXCLUDED = 1024
/** A stated code without its ending letters. */
export const STEM = 2048
/** A part of a stated code, or a name and number beside each other. */
export const LEAD = 4096
/** A stated code without ending letters that say more than a colour. */
export const BASE = 8192
/** A code of the product's name that is not called a model there: `ROMEO5`. */
export const NAMED = 16384
/** A proper name: in general, or as the recall's own sentences write it where the word is not known in general. */
export const PROPER = 32768
