/** A server's words without the addresses in them, as much of it as is kept. */
export function withoutAddresses(text: string): string {
  return (text.includes('@') ? text.replace(/<?[^\s<>"']+@[^\s<>"']+>?/g, '<address>') : text).slice(0, 500)
}
