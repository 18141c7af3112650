/** The labelled data that a benchmark measures with is not beside the checkout: said plainly, without a stack. */
export class MissingData extends Error {}
