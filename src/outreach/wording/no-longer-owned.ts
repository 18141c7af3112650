/** The button for a buyer who does not have the product any more, in ten languages: no reminder follows it. */
import type { Language } from './language.ts'

export const NO_LONGER_OWNED: Record<Language, string> = {
  en: 'I no longer have this product',
  de: 'Ich habe dieses Produkt nicht mehr',
  fr: 'Je n’ai plus ce produit',
  es: 'Ya no tengo este producto',
  it: 'Non ho più questo prodotto',
  nl: 'Ik heb dit product niet meer',
  pl: 'Nie mam już tego produktu',
  pt: 'Já não tenho este produto',
  sv: 'Jag har inte kvar produkten',
  zh: '我已没有这件产品',
}
