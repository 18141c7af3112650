/** A recall's number as its agency prints it: the CPSC's 23774 is 23-774, and 24005a is 24-005a. Other agencies' are printed as they are. */
export function printedNumber(recallNumber: string): string {
  return recallNumber.replace(/^(\d{2})(\d{3}[a-z]?)$/, '$1-$2')
}
